"""A folder of files for a bucket, for the test."""

import sparta
from sparta.aws import Bucket, Site

pages = Bucket("Pages", retain=False)
site = Site("Web", "web", bucket=pages)

if __name__ == "__main__":
    sparta.main("Sited", resources=[site])
