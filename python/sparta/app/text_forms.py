"""The forms of the ARNs, ids and names that options take; text with a token in it has any form.

Source: the patterns of the properties in CloudFormation's resource types.
"""

from __future__ import annotations

import re

from sparta.model.token import has_marker

ACCESS_POINT_ARN = r"arn:aws[\w-]*:elasticfilesystem:[\w-]+:\d{12}:access-point/fsap-[0-9a-f]{17}"
ALIAS = r"(?![0-9]+$)[A-Za-z0-9_-]{1,128}"
KEY_ARN = r"arn:aws[\w-]*:kms:[\w-]+:\d{12}:(key|alias)/.+"
LAYER_ARN = r"arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:[\w-]+:[0-9]+"
LOG_GROUP = r"[A-Za-z0-9_/.#-]{1,512}"
MOUNT_PATH = r"(?=.{6,160}$)/mnt/[A-Za-z0-9_.-]+"
SECURITY_GROUP = r"sg-[0-9a-f]{8,17}"
SUBNET = r"subnet-[0-9a-f]{8,17}"


def has_form(value: object, pattern: str) -> bool:
    """Say whether `value` is text of that form, or text that is known after deployment only."""
    if not isinstance(value, str):
        return False
    return has_marker(value) or re.fullmatch(pattern, value, re.ASCII) is not None
