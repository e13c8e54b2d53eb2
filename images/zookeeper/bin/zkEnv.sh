# Read by the other scripts here: where things are, and the class path.
ZOOCFGDIR="${ZOOCFGDIR:-/conf}"
ZOOCFG="${ZOOCFG:-zoo.cfg}"
if [[ -f "$ZOOCFGDIR/java.env" ]]; then . "$ZOOCFGDIR/java.env"; fi
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CLASSPATH="$ZOOCFGDIR:$home/lib/*${CLASSPATH:+:$CLASSPATH}"
export CLASSPATH
SERVER_JVMFLAGS="-Xmx${ZK_SERVER_HEAP:-1000}m ${SERVER_JVMFLAGS}"
CLIENT_JVMFLAGS="-Xmx${ZK_CLIENT_HEAP:-256}m ${CLIENT_JVMFLAGS}"
