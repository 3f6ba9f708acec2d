"""What an application is made of: functions, their schedules and their HTTP API."""
