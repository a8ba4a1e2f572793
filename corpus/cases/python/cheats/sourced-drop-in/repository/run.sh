for f in env.d/*; do . "$f"; done
exec python3 -m pytest
