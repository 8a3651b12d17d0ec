"""Hostile input: what nobody would type, and what somebody who means harm would."""
