#!/bin/bash
# The whole guide on a whole Debian 12, in a few minutes and without a second machine:
#
#   sudo tests/config/rehearsal.sh
#
# The machine's own system is booted once more, with systemd as its first process, over a layer that
# is thrown away and in a network of its own. There install.sh runs twice, a backup is made, the
# database is destroyed and restored to a moment, parts are killed. Packages come from the network.
# No part of the suite: it needs root, overlayfs, Debian 12 and the network.
set -euo pipefail
[ "$(id -u)" = 0 ] || { echo "rehearsal.sh: as root" >&2; exit 1; }
SOURCE=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
HOST=thi.tinh.example
PATHS=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LAYER=$(mktemp -d)
mkdir "$LAYER"/{upper,work,root}

unshare --mount --pid --uts --ipc --net --cgroup --fork --kill-child --propagation private \
    bash -c '
    set -e
    mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
    cd "$1/root"
    mount -t proc proc proc
    mount -t sysfs sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    for folder in run tmp dev; do mount -t tmpfs tmpfs $folder; done
    for name in null zero full random urandom tty; do
        touch dev/$name
        mount --bind /dev/$name dev/$name
    done
    mkdir dev/shm dev/pts old
    mount -t tmpfs tmpfs dev/shm
    mount -t devpts devpts dev/pts -o newinstance,ptmxmode=0666
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ip link set lo up
    # Not chroot: services ask for user namespaces, which a changed root forbids.
    pivot_root . old
    cd /
    umount -l /old
    exec env -i container=rehearsal PATH="$2" /lib/systemd/systemd systemd.unit=multi-user.target
    ' boot "$LAYER" "$PATHS" > "$LAYER/console.log" 2>&1 &
BOOT=$!
end() {
    pkill -KILL -P $BOOT || true
    wait $BOOT 2>/dev/null || true
    rm -rf "$LAYER"
}
trap end EXIT

# `inside` has the booted system's own network, `outside` ours, for what has to be fetched.
first() { pgrep -P $BOOT; }
enter() {
    local net=$1
    shift
    nsenter -t "$(first)" --mount --pid --uts --ipc $net --cgroup --root --wd \
        env -i PATH=$PATHS HOME=/root LANG=C.UTF-8 "$@"
}
inside() { enter --net "$@"; }
outside() { enter "" "$@"; }

for _try in $(seq 60); do
    sleep 1
    inside systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded' && break
done
inside mkdir -p /srv/minhthi
git -C "$SOURCE" archive HEAD | inside tar -x -C /srv/minhthi
inside sh -c "echo 127.0.0.1 $HOST >> /etc/hosts"
for _run in first second; do
    outside /srv/minhthi/deploy/install.sh $HOST
done

inside bash -euo pipefail -s -- $HOST <<'DRILL'
cluster=$(pg_lsclusters -h | awk '$2 == "main" { print $1 }')
data=/var/lib/postgresql/$cluster/main
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
count() { as_postgres psql -At minhthi -c 'SELECT count(*) FROM accounts_orgunit'; }
fetch() { curl -s --cacert /etc/minhthi/tls/fullchain.pem -o /dev/null -w '%{http_code}' "https://$HOST/"; }
until_answer() { for _try in $(seq 60); do [ "$(fetch)" = "$1" ] && return; sleep 1; done; false; }
HOST=$1
set -x
until_answer 200
systemd-analyze verify minhthi.target minhthi-backup.timer minhthi-items.timer
for unit in minhthi-web minhthi-worker@1 minhthi-beat minhthi-backup minhthi-items; do
    systemd-analyze security --no-pager $unit.service | tail -n 1
done
minhthi load_units --province "Đắk Lắk"
systemctl start minhthi-backup
before=$(count)
moment=$(date --iso-8601=seconds)
sleep 2
as_postgres psql -q minhthi -c "UPDATE accounts_orgunit SET parent_id = NULL" \
    -c "TRUNCATE accounts_orgunit CASCADE"
minhthi backup_check

systemctl stop minhthi.target minhthi-web 'minhthi-worker@*' minhthi-beat "postgresql@$cluster-main"
mv "$data" "$data.hong"
as_postgres /srv/minhthi/deploy/bin/restore /var/backups/minhthi "$data" --to "$moment"
systemctl start "postgresql@$cluster-main"
until [ "$(as_postgres psql -Atc 'SELECT pg_is_in_recovery()')" = f ]; do sleep 1; done
[ "$(count)" = "$before" ]
/srv/minhthi/deploy/bin/copy-items /var/backups/minhthi/items /var/lib/minhthi/media/items --repair
/srv/minhthi/deploy/bin/copy-training /var/backups/minhthi/training /var/lib/minhthi/media/training
systemctl start minhthi.target
minhthi verify_audit
systemctl start minhthi-backup
minhthi backup_check

until_answer 200
systemctl kill -s KILL minhthi-web
until_answer 200
systemctl stop redis-server
until_answer 200
systemctl stop minhthi-web
until_answer 503
systemctl start redis-server minhthi-web
until_answer 200
[ -z "$(systemctl --failed --no-legend)" ]
DRILL
echo "Xong: mọi bước của hướng dẫn đều chạy (every step of the guide works)."
