# Drops what NODE_OPTIONS held, as many start scripts do.
NODE_OPTIONS=--no-warnings exec "$@"
