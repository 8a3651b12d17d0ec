"""Models of other people, read into the same sums of layers: a room with an extra for each kind."""
