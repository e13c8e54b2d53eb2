# Consul's address comes from CONSUL_HTTP_ADDR, its token from CONSUL_HTTP_TOKEN.

# Any other signal goes to HAProxy as it is, and SIGTERM would have it drop what it is doing.
kill_signal = "SIGTERM"

consul {
  # Zero is: never give up. Without Consul the last list stays in force.
  retry {
    attempts    = 0
    backoff     = "250ms"
    max_backoff = "5s"
  }
}

# Several changes at once are one reload.
wait {
  min = "100ms"
  max = "1s"
}

template {
  source      = "/etc/balancer/haproxy.cfg.ctmpl"
  destination = "/run/balancer/haproxy.cfg"
  perms       = "0600"
}

# HAProxy as a child. Its master hands the listening sockets to the new worker, so that no connection is refused; old workers finish what they have.
exec {
  command       = ["haproxy", "-W", "-f", "/run/balancer/haproxy.cfg"]
  reload_signal = "SIGUSR2"
  kill_signal   = "SIGUSR1"
  kill_timeout  = "25s"
  splay         = "0s"
}
