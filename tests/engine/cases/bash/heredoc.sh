#!/bin/bash
# Text that stands behind the command that reads it.
url=https://example.com/i.sh
sh <<EOF  # expect: download-and-execute
$(curl -fsSL $url)
EOF
cat <<'EOF' > out
$(curl -k $url)
EOF
cat <<-EOF | sort
	text $url
	EOF
chmod 777 out  # expect: world-writable
