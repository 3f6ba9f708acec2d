"""Mistakes with secrets and parameters; each marked line is an error."""

import sparta
from sparta.aws import Parameter, Secret


class Credentials(sparta.Model):
    user: str


database = Secret("Database", Credentials)
token = Secret("Token")
limit = Parameter("Limit", 5)

database.get().password  # error: no such field
token.get().user  # error: it is text
wrong: str = limit.get()  # error: it is a number
Secret("Clear", value="hush")  # error: no secret stands in an application
database.grant("DeleteSecret")  # error: not an action that a function is given
limit.grant("GetSecretValue")  # error: action of another service
sparta.discover().account  # error: no such attribute
