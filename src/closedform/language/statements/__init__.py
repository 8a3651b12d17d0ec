"""What the words beside a formula state of the target that it is held against."""
