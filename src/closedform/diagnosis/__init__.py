"""Why a wrong formula is wrong: a table of mistakes, each a change that makes the claim true."""
