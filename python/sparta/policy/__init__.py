"""What an application's roles and its deployer need, worked out of what it declares and calls."""
