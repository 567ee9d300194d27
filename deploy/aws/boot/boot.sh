#!/usr/bin/env bash
# Boots an instance: fetches the release that the stack names, refuses any other bytes than those, starts it, and signals
# success only once the load balancer has found it healthy. Whatever fails before that signals failure, and the update of
# the stack is taken back.
#
# OPENHOURS_RELEASE, OPENHOURS_ARTIFACTS, OPENHOURS_BUNDLE_SHA256   what to run, from which bucket, and what it must be
# OPENHOURS_STACK, OPENHOURS_SIGNAL_RESOURCE                         whom to tell
# OPENHOURS_TARGET_GROUP                                             in which the balancer keeps this instance
# OPENHOURS_LOG_GROUP                                                where CloudWatch keeps what is logged
# Settings of the product stand in /etc/openhours/environment, which user data writes.
set -euo pipefail
umask 022

python=python3.12
root=${OPENHOURS_ROOT:-}                      # in tests, a folder in place of the whole machine
home=$root/opt/openhours
settings=$root/etc/openhours
logs=$root/var/log/openhours
patience=${OPENHOURS_BOOT_SECONDS:-600}
pause=${OPENHOURS_BOOT_PAUSE:-5}
metadata=http://169.254.169.254/latest

say() { echo "openhours boot: $*"; }

instance=unknown
signal() {
  aws cloudformation signal-resource --stack-name "$OPENHOURS_STACK" \
    --logical-resource-id "$OPENHOURS_SIGNAL_RESOURCE" --unique-id "$instance" --status "$1"
}
ended() {
  local status=$?
  trap - EXIT
  if [ "$status" -ne 0 ]; then
    say "failed"
    systemctl status --no-pager openhours 2>/dev/null | tail -n 20 || true
    signal FAILURE || say "could not say so"
  fi
  exit "$status"
}
trap ended EXIT

# Whatever is asked of a network is asked for several times.
stubbornly() {
  local tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 5 ] || return 1
    sleep "$pause"
  done
}

until_deadline() {
  local what=$1
  shift
  until "$@"; do
    if [ "$SECONDS" -ge "$patience" ]; then
      say "$what did not happen within $patience s"
      return 1
    fi
    sleep "$pause"
  done
  say "$what after $SECONDS s"
}

token=$(stubbornly curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/api/token")
instance=$(stubbornly curl -sf -H "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id")

say "release $OPENHOURS_RELEASE on $instance"
stubbornly dnf install --quiet --assumeyes "$python" openssl logrotate amazon-cloudwatch-agent

# ── the release ──
install -d "$home/releases" "$settings" "$logs" "$root/var/lib" "$root/etc/systemd/system" "$root/etc/logrotate.d"
bundle=$home/$OPENHOURS_RELEASE.tar.gz
stubbornly aws s3 cp --only-show-errors "s3://$OPENHOURS_ARTIFACTS/releases/$OPENHOURS_RELEASE/bundle.tar.gz" "$bundle"
if ! echo "$OPENHOURS_BUNDLE_SHA256  $bundle" | sha256sum --check --status; then
  rm -f "$bundle"
  say "the bundle is not the one that was released: nothing of it is unpacked"
  exit 1
fi
unpacked=$home/releases/$OPENHOURS_RELEASE
rm -rf "$unpacked.part"
install -d "$unpacked.part"
tar -xzf "$bundle" --no-same-owner -C "$unpacked.part"
rm -rf "$unpacked" "$bundle"
mv "$unpacked.part" "$unpacked"
ln -sfn "releases/$OPENHOURS_RELEASE" "$home/current"
# Compiled once, by root: the product itself can write to nothing of this.
"$python" -m compileall -q -j 0 "$unpacked/lib" >/dev/null || say "some modules could not be compiled: starting takes longer"

# ── who runs it, and the certificate for the way from the balancer ──
id openhours >/dev/null 2>&1 || useradd --system --home-dir /var/lib/openhours --shell /sbin/nologin openhours
install -d -m 0750 "$root/var/lib/openhours"
chown openhours:openhours "$root/var/lib/openhours"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 800 -subj "/CN=$instance" \
  -keyout "$settings/key.pem" -out "$settings/certificate.pem" 2>/dev/null
chown root:openhours "$settings/key.pem" "$settings/environment"
chmod 0640 "$settings/key.pem" "$settings/environment"

# ── the service ──
cat > "$root/etc/systemd/system/openhours.service" <<UNIT
[Unit]
Description=Openhours
After=network-online.target
Wants=network-online.target

[Service]
User=openhours
EnvironmentFile=/etc/openhours/environment
Environment=PYTHONPATH=/opt/openhours/current/lib
Environment=PYTHONUNBUFFERED=1
Environment=OPENHOURS_VAR=/var/lib/openhours
Environment=OPENHOURS_WORKERS=$(nproc)
Environment=PGSSLROOTCERT=/opt/openhours/current/lib/rds-ca.pem
ExecStart=/usr/bin/$python -m entrypoints.cli serve --host 0.0.0.0 --port 8443 --certificate /etc/openhours/certificate.pem --key /etc/openhours/key.pem
StandardOutput=append:/var/log/openhours/openhours.log
StandardError=append:/var/log/openhours/openhours.log
Restart=always
RestartSec=2
# It drains for 15 s.
TimeoutStopSec=30
LimitNOFILE=65536
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
ReadWritePaths=/var/lib/openhours

[Install]
WantedBy=multi-user.target
UNIT

cat > "$root/etc/logrotate.d/openhours" <<'ROTATE'
/var/log/openhours/openhours.log {
  size 50M
  rotate 3
  copytruncate
  missingok
}
ROTATE

cat > "$settings/logs.json" <<LOGS
{"logs": {"logs_collected": {"files": {"collect_list": [
  {"file_path": "/var/log/openhours/openhours.log", "log_group_name": "$OPENHOURS_LOG_GROUP", "log_stream_name": "$instance"},
  {"file_path": "/var/log/cloud-init-output.log", "log_group_name": "$OPENHOURS_LOG_GROUP", "log_stream_name": "$instance-boot"}
]}}}}
LOGS
# Without its logs an instance still serves people.
"$root/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$settings/logs.json" \
  >/dev/null 2>&1 || say "the CloudWatch agent did not start"

systemctl daemon-reload
systemctl enable --quiet openhours
systemctl restart openhours

# ── healthy, to itself and to the balancer ──
answers() { curl -skf --max-time 4 https://127.0.0.1:8443/health/ready >/dev/null; }
in_service() {
  [ "$(aws elbv2 describe-target-health --target-group-arn "$OPENHOURS_TARGET_GROUP" --targets "Id=$instance" \
    --query 'TargetHealthDescriptions[0].TargetHealth.State' --output text)" = healthy ]
}
until_deadline "readiness" answers
until_deadline "a healthy target" in_service
# CloudFormation refuses signals while it changes nothing, as when an instance is added for the load.
stubbornly signal SUCCESS || say "no update took the signal"
say "serves $OPENHOURS_RELEASE"
