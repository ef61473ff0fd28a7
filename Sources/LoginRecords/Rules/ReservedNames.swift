/// Names that mean something on Debian systems even where nobody has them yet. A person of a pool with such a name would
/// own a group of that name, and with it whatever a later package or an administrator gives to that group.
package enum ReservedNames {
  package static func contains(_ name: String) -> Bool {
    names.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }

  private static let names: Set<String> = [
    // Users and groups of base-passwd.
    "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data", "backup",
    "list", "irc", "gnats", "nobody", "nogroup", "adm", "tty", "disk", "dialout", "fax", "voice", "cdrom", "floppy",
    "tape", "sudo", "audio", "dip", "operator", "src", "shadow", "utmp", "video", "sasl", "plugdev", "staff", "users",
    // Groups and users that common packages make, or that other systems treat as root.
    "admin", "administrator", "wheel", "toor", "docker", "lxd", "lxc", "libvirt", "libvirt-qemu", "kvm", "kmem", "mem",
    "input", "render", "sgx", "netdev", "bluetooth", "scanner", "lpadmin", "saned", "ssh", "sshd", "ssl-cert",
    "crontab", "messagebus", "avahi", "polkitd", "rtkit", "colord", "geoclue", "gdm", "sddm", "lightdm", "pulse",
    "pipewire", "uuidd", "tss", "ntp", "chrony", "postfix", "postdrop", "postgres", "mysql", "redis", "nginx", "apache",
    "git", "gitlab-runner", "jenkins", "puppet", "ansible", "vagrant", "debian", "ubuntu", "ec2-user", "dnsmasq",
    "unbound", "bind", "named", "statd", "rpc", "nfsnobody", "wireshark", "podman", "containerd", "incus",
    "incus-admin", "microk8s", "halt", "shutdown", "reboot", "group", "passwd", "all", "any", "none", "default", "self",
  ]

  private static let prefixes = ["systemd-", "_", "debian-", "cognito-", "snap_", "dbus-"]
}
