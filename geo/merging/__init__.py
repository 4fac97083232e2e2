"""Records of several sources in one frame, with those that tell of the same event linked."""
