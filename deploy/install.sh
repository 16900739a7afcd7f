#!/bin/bash
# Installs or upgrades MinhThi on a Debian 12 server, from the folder this script lies in:
#
#   sudo git clone … /srv/minhthi
#   sudo /srv/minhthi/deploy/install.sh thi.tinh.gov.vn [goi.tinh.gov.vn]
#
# The second name, if given, is where SCORM packages are played.
# Run it again whenever the code has changed or it was interrupted: what is there is kept, above
# all the database, the keys and the certificate. docs/cai-dat-cho-mot-tinh.md tells the whole story.
set -euo pipefail
umask 022

HOST=${1:-}
CONTENT_HOST=${2:-}
APP=$(dirname "$(dirname "$(readlink -f "$0")")")
CONFIG_DIR=/etc/minhthi
VAR_DIR=/var/lib/minhthi
STATIC_ROOT=/var/www/minhthi/static
ACME_ROOT=/var/www/minhthi/acme
BACKUP_DIR=/var/backups/minhthi
WEB_PORT=8001
WEB_WORKERS=$(nproc)

say() { printf '\n== %s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }
render() { python3 "$APP/deploy/render.py" "$@"; }

# Writes standard input to $1, mode $2, and succeeds only where that changed something.
put() {
    local draft
    draft=$(mktemp)
    cat > "$draft"
    if cmp -s "$draft" "$1"; then rm "$draft"; return 1; fi
    install -D -m "$2" "$draft" "$1"
    rm "$draft"
}

check_machine() {
    [ "$(id -u)" = 0 ] || fail "Hãy chạy bằng sudo (run as root)."
    [[ $HOST =~ ^[a-z0-9.-]+\.[a-z0-9-]+$ ]] \
        || fail "Cách dùng: sudo $0 thi.tinh.gov.vn (usage: the public host name)"
    [[ -z $CONTENT_HOST || ( $CONTENT_HOST =~ ^[a-z0-9.-]+\.[a-z0-9-]+$ && $CONTENT_HOST != "$HOST" ) ]] \
        || fail "Tên miền thứ hai phải khác tên miền thứ nhất (the second host name must be another)."
    [ -d /run/systemd/system ] || fail "Máy này không chạy systemd (systemd is needed)."
    [[ $APP != /root/* && $APP != /home/* ]] \
        || fail "Hãy đặt mã nguồn ở /srv/minhthi: tài khoản dịch vụ không đọc được $APP."
}

install_packages() {
    say "Gói Debian"
    # Before PostgreSQL makes its first cluster.
    put /etc/postgresql-common/createcluster.d/minhthi.conf 644 \
        < "$APP/deploy/postgresql/createcluster.conf" || true
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        git python3 python3-venv postgresql redis-server openssl \
        nginx libnginx-mod-http-brotli-static >/dev/null
}

make_places() {
    say "Tài khoản và thư mục"
    id minhthi >/dev/null 2>&1 \
        || adduser --quiet --system --group --home $VAR_DIR --no-create-home minhthi
    install -d -o minhthi -g minhthi -m 0750 $VAR_DIR $VAR_DIR/media
    install -d -m 0755 $STATIC_ROOT $ACME_ROOT
    install -d -m 0700 $CONFIG_DIR $CONFIG_DIR/tls
    install -d -o postgres -g postgres -m 0700 $BACKUP_DIR $BACKUP_DIR/base $BACKUP_DIR/wal
}

install_program() {
    say "Môi trường Python"
    (cd "$APP" && python3 config/install.py requirements.txt)
    ln -sf "$APP/deploy/bin/minhthi" /usr/local/sbin/minhthi
}

write_environment() {
    say "Khoá và môi trường"
    if [ -e $CONFIG_DIR/minhthi.env ]; then
        grep -q "^ALLOWED_HOSTS=$HOST$" $CONFIG_DIR/minhthi.env \
            || fail "$CONFIG_DIR/minhthi.env ghi tên miền khác $HOST: hãy sửa tệp ấy trước."
        add_content_origin
        return
    fi
    (
        umask 077
        render "$APP/deploy/minhthi.env" ORIGIN="https://$HOST" HOST="$HOST" \
            DATABASE_URL="postgresql:///minhthi?host=/var/run/postgresql" \
            REDIS_URL="redis://127.0.0.1:6379/0" VAR_DIR=$VAR_DIR STATIC_ROOT=$STATIC_ROOT \
            BACKUP_DIR=$BACKUP_DIR SECRET_KEY="$(openssl rand -base64 48)" \
            FIELD_KEY="$(openssl rand -base64 48)" TOKEN_KEY="$(openssl rand -base64 48)" \
            > $CONFIG_DIR/minhthi.env.new
    )
    mv $CONFIG_DIR/minhthi.env.new $CONFIG_DIR/minhthi.env
    add_content_origin
    echo "Đã tạo khoá trong $CONFIG_DIR/minhthi.env. Hãy cất một bản của tệp này ngoài máy chủ."
}

add_content_origin() {
    [ -z "$CONTENT_HOST" ] || grep -q '^CONTENT_ORIGIN=' $CONFIG_DIR/minhthi.env \
        || echo "CONTENT_ORIGIN=https://$CONTENT_HOST" >> $CONFIG_DIR/minhthi.env
}

prepare_database() {
    say "PostgreSQL"
    local version quarter
    version=$(pg_version)
    [ -n "$version" ] || fail "Không có cụm PostgreSQL “main” (pg_lsclusters)."
    quarter=$(awk '/MemTotal/ { print int($2 / 4096) }' /proc/meminfo)
    if render "$APP/deploy/postgresql/minhthi.conf" APP="$APP" BACKUP_DIR=$BACKUP_DIR \
        SHARED_BUFFERS="${quarter}MB" | put "/etc/postgresql/$version/main/conf.d/minhthi.conf" 644
    then
        systemctl restart "postgresql@$version-main"
    else
        systemctl start "postgresql@$version-main"
    fi
    as_postgres psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'minhthi'" | grep -q 1 \
        || as_postgres createuser minhthi
    as_postgres psql -qtAc "SELECT 1 FROM pg_database WHERE datname = 'minhthi'" | grep -q 1 \
        || as_postgres createdb --owner minhthi --encoding UTF8 --locale C --template template0 minhthi
}

pg_version() { pg_lsclusters -h | awk '$2 == "main" { print $1 }' | sort -n | tail -n 1; }
as_postgres() { (cd / && runuser -u postgres -- "$@"); }

install_units() {
    say "Dịch vụ systemd"
    local unit
    for unit in "$APP"/deploy/systemd/*; do
        render "$unit" APP="$APP" CONFIG_DIR=$CONFIG_DIR VAR_DIR=$VAR_DIR BACKUP_DIR=$BACKUP_DIR \
            WEB_PORT=$WEB_PORT WEB_WORKERS="$WEB_WORKERS" \
            PG_BIN="/usr/lib/postgresql/$(pg_version)/bin" \
            | put "/etc/systemd/system/$(basename "$unit")" 644 || true
    done
    put /etc/systemd/journald.conf.d/minhthi.conf 644 < "$APP/deploy/journald.conf" \
        && systemctl restart systemd-journald || true
    systemctl daemon-reload
    systemctl enable -q --now redis-server
}

bring_up_to_date() {
    say "Tệp tĩnh, bảng dữ liệu"
    minhthi prepare
    # The pages say “đang bận” for the few seconds that tables change under them.
    systemctl stop minhthi.target minhthi-web 'minhthi-worker@*' minhthi-beat
    minhthi migrate --verbosity 0
    minhthi check --deploy --fail-level WARNING
    systemctl enable -q --now minhthi.target minhthi-backup.timer minhthi-items.timer
}

# "listen PORT OPTIONS;" for every kind of address this machine has.
listen() {
    printf 'listen %s;' "$1${2:+ $2}"
    [ ! -e /proc/net/if_inet6 ] || printf ' listen [::]:%s;' "$1${2:+ $2}"
}

install_site() {
    say "nginx"
    if [ ! -e $CONFIG_DIR/tls/fullchain.pem ]; then
        # So that nginx starts; replace it by a real one (certbot, or the province's own).
        openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=$HOST" \
            -addext "subjectAltName=DNS:$HOST${CONTENT_HOST:+,DNS:$CONTENT_HOST}" -keyout $CONFIG_DIR/tls/privkey.pem \
            -out $CONFIG_DIR/tls/fullchain.pem 2>/dev/null
        echo "Chứng thư tự ký: hãy thay $CONFIG_DIR/tls/ bằng chứng thư thật."
    fi
    local brotli='' module=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
    [ ! -e $module ] || brotli='brotli_static on;'
    put $CONFIG_DIR/nginx-proxy.inc 644 < "$APP/deploy/nginx/proxy.conf" || true
    render "$APP/deploy/nginx/files.conf" VAR_DIR=$VAR_DIR | put $CONFIG_DIR/nginx-files.inc 644 || true
    render "$APP/deploy/nginx/others.conf" LISTEN_HTTP="$(listen 80 default_server)" \
        LISTEN_HTTPS="$(listen 443 'ssl http2 default_server')" \
        | put /etc/nginx/sites-available/minhthi-others 644 || true
    render "$APP/deploy/nginx/minhthi.conf" HOST="$HOST" ORIGIN="https://$HOST" \
        LISTEN_HTTP="$(listen 80 '')" LISTEN_HTTPS="$(listen 443 'ssl http2')" \
        WEB_ADDRESS=127.0.0.1:$WEB_PORT STATIC_ROOT=$STATIC_ROOT ACME_ROOT=$ACME_ROOT CONFIG_DIR=$CONFIG_DIR \
        TLS_CERTIFICATE=$CONFIG_DIR/tls/fullchain.pem TLS_KEY=$CONFIG_DIR/tls/privkey.pem \
        LOG_DIR=/var/log/nginx BROTLI_STATIC="$brotli" \
        | put /etc/nginx/sites-available/minhthi 644 || true
    if [ -n "$CONTENT_HOST" ]; then
        render "$APP/deploy/nginx/content.conf" CONTENT_HOST="$CONTENT_HOST" \
            LISTEN_HTTP="$(listen 80 '')" LISTEN_HTTPS="$(listen 443 'ssl http2')" \
            STATIC_ROOT=$STATIC_ROOT ACME_ROOT=$ACME_ROOT CONFIG_DIR=$CONFIG_DIR \
            TLS_CERTIFICATE=$CONFIG_DIR/tls/fullchain.pem TLS_KEY=$CONFIG_DIR/tls/privkey.pem \
            LOG_DIR=/var/log/nginx | put /etc/nginx/sites-available/minhthi-content 644 || true
        ln -sf ../sites-available/minhthi-content /etc/nginx/sites-enabled/
    fi
    # Debian's 768 connections would be taken by the phones of two schools.
    sed -i 's/worker_connections 768;/worker_connections 8192;/' /etc/nginx/nginx.conf
    put /etc/nginx/modules-enabled/99-minhthi.conf 644 <<< 'worker_rlimit_nofile 20000;' || true
    ln -sf ../sites-available/minhthi ../sites-available/minhthi-others /etc/nginx/sites-enabled/
    rm -f /etc/nginx/sites-enabled/default
    nginx -q -t
    systemctl enable -q nginx
    systemctl reload-or-restart nginx
}

check_machine
install_packages
make_places
install_program
write_environment
prepare_database
install_units
bring_up_to_date
install_site
say "Xong: https://$HOST/"
minhthi first_link 2>/dev/null || true
