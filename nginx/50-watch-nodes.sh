#!/bin/sh
# Run by the image before nginx: lists the nodes once, and stays behind to keep the list right.
set -e
/nodes/watch once
/nodes/watch always &
