"""What every page shares: how days and numbers are written, what a state looks like, which rooms a workspace has."""
