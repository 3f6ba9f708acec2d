"""Files of a folder in a bucket, for the golden template; never deployed."""

import sparta
from sparta.aws import Bucket, Site

pages = Bucket("Pages", retain=False)
site = Site("Web", "../../examples/hello", bucket=pages)

if __name__ == "__main__":
    sparta.main("Pages", "Files in a bucket", resources=[site])
