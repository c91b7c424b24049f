"""What happens to a class's place after publishing: the school says yes or gives it back, numbers change."""
