"""The embedded AWS: execution environments like Lambda's, behind an AWS endpoint on this machine.

    daemon ──starts──> server (child process: ministack and our executor)
                          └── executor ──> sandbox ──> runtime_api <── the function's process

`runtime_api` and `sandbox` are useful alone: they run a built archive as Lambda would, with no
AWS endpoint at all. Nothing in here imports the application or boto3.
"""
