"""How Lambda's managed image starts AWS's own client: the task root first, then its loop.

Started as `python aws_client.py`, with Lambda's environment; it imports less than AWS's file of
this purpose does, so a comparison with it flatters nobody but AWS.
"""

import os
import sys

sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]

from awslambdaric.__main__ import main  # noqa: E402 - the task root comes first

main([os.environ["LAMBDA_TASK_ROOT"], os.environ["_HANDLER"]])
