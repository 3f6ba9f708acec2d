"""Resources that Sparta itself provides where CloudFormation cannot, by a function of the stack.

These modules enter the archive only where an application has such a resource. One function serves
all of them; it uses the managed runtime's boto3, and imports it with the first request.
"""
