#!/bin/sh
# A private PostgreSQL for tests, on a UNIX socket only.
#
#   tests/pg.sh start DIR [fast]   make (or reuse) a cluster under DIR, start it, print its URL
#   tests/pg.sh stop DIR           stop it by its process id; DIR stays (remove it yourself)
#
# "fast": fsync off, and nothing that works beside the statements, for functional tests that promise nothing about a crash.  DIR must not be
# world-writable; started by root it runs as the user postgres.  There is no network port, and only
# the owner of DIR can reach the socket.
set -eu

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
verb=$1
dir=$2
mode=${3:-durable}
command -v pg_config >/dev/null || { echo "pg.sh: no pg_config: install postgresql" >&2; exit 3; }
bin=$(pg_config --bindir)
[ -x "$bin/initdb" ] || { echo "pg.sh: no initdb in $bin: install postgresql" >&2; exit 3; }

as() { # run as the user of the cluster, from a place that user may read
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

start() {
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	chmod 700 "$dir"
	[ "$(id -u)" != 0 ] || chown postgres "$dir"
	# sockets have short names (107 bytes): a long DIR gets its socket elsewhere
	sock=$dir
	if [ ${#dir} -gt 80 ]; then
		sock=$(as mktemp -d /tmp/zhaofa-pg-XXXXXX)
	fi
	if [ ! -s "$dir/data/PG_VERSION" ]; then
		as "$bin/initdb" -D "$dir/data" -U zhaofa -A trust --no-locale --encoding=UTF8 \
			--no-instructions >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
	fi
	sync="-c fsync=on"
	[ "$mode" != fast ] || sync="-c fsync=off -c full_page_writes=off -c jit=off -c max_parallel_workers_per_gather=0 \
		-c autovacuum=off"
	as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -o "-c listen_addresses='' \
		-c unix_socket_directories='$sock' -c max_connections=100 $sync" start >/dev/null ||
		{ tail -20 "$dir/log" >&2; exit 1; }
	as "$bin/createdb" -h "$sock" -U zhaofa zhaofa 2>/dev/null || true
	# root connects through a socket in a folder it may enter anyway
	echo "postgresql:///zhaofa?host=$sock&user=zhaofa"
}

stop() {
	pidfile=$dir/data/postmaster.pid
	[ -s "$pidfile" ] || exit 0
	pid=$(head -1 "$pidfile")
	kill -INT "$pid" 2>/dev/null || exit 0 # fast shutdown
	n=0
	while kill -0 "$pid" 2>/dev/null; do
		n=$((n + 1))
		[ $n -lt 300 ] || { kill -QUIT "$pid"; break; }
		sleep 0.1
	done
}

case $verb in
start) start ;;
stop) stop ;;
*) usage ;;
esac
