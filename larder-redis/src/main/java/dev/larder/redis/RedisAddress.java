package dev.larder.redis;

import dev.larder.ConfigurationException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is, read from an address such as {@code redis://user:password@host:6379/0}.
 *
 * <p>Faults are collected and told all together, with the address as it was given but for the
 * credentials.
 */
final class RedisAddress {

  /** Forms that are understood. */
  static final String FORMS = "redis://[[user]:password@]host[:port][/database], rediss:// (TLS),"
      + " valkey://, valkeys:// (TLS),"
      + " redis-sentinel://[[user]:password@]host[:port][,host[:port]…][/database]?master=name,"
      + " redis-cluster://[[user]:password@]host[:port][,host[:port]…]; options: clientName,"
      + " verifyPeer=full|ca|none";

  /** How the servers at an address belong together. */
  enum Kind {
    SINGLE,
    SENTINEL,
    CLUSTER
  }

  private static final Pattern PARTS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(/[^?#]*)?(?:\\?([^#]*))?(#.*)?");
  private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:]+)(?::(.*))?");
  private static final Set<String> SCHEMES = Set.of(
      "redis",
      "rediss",
      "valkey",
      "valkeys",
      "redis-sentinel",
      "rediss-sentinel",
      "valkey-sentinel",
      "valkeys-sentinel",
      "redis-cluster",
      "rediss-cluster",
      "valkey-cluster",
      "valkeys-cluster");
  private static final int DEFAULT_PORT = 6379;
  private static final int DEFAULT_SENTINEL_PORT = 26379;
  private static final int HIGHEST_PORT = 65_535;

  private final List<String> faults = new ArrayList<>();
  private final Kind kind;
  private final boolean tls;
  private final List<Host> hosts = new ArrayList<>();
  private @Nullable String user;
  private @Nullable String password;
  private int database;
  private @Nullable String master;
  private String clientName = "larder";
  private SslVerifyMode verifyPeer = SslVerifyMode.FULL;

  private record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port;
    }
  }

  private RedisAddress(String address) {
    Matcher parts = PARTS.matcher(address);
    String scheme = parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : "";
    tls = scheme.startsWith("rediss") || scheme.startsWith("valkeys");
    kind = scheme.endsWith("-sentinel")
        ? Kind.SENTINEL
        : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
    if (!SCHEMES.contains(scheme)) {
      faults.add("the scheme is not one of these");
      return;
    }
    String authority = parts.group(2);
    int at = authority.lastIndexOf('@');
    if (address.lastIndexOf('@') > parts.end(2)) {
      // What looks like a port or an option may be part of a password: none of it is told.
      faults.add("'/', '?' and '#' in a user or password are written %2F, %3F and %23,"
          + " '@' in an option %40");
      return;
    }
    if (at >= 0) {
      readCredentials(authority.substring(0, at));
    }
    readHosts(authority.substring(at + 1));
    readDatabase(parts.group(3));
    readOptions(parts.group(4));
    if (parts.group(5) != null) {
      faults.add("'#' has no meaning here");
    }
    if (kind == Kind.SENTINEL && master == null) {
      faults.add("?master=name is missing: sentinels watch groups by name");
    }
    if (kind != Kind.SENTINEL && master != null) {
      faults.add("master is for redis-sentinel:// only");
    }
  }

  /** Whether an address is meant for Redis or Valkey, rightly written or not. */
  static boolean isMeant(String address) {
    String start = address.strip().toLowerCase(Locale.ROOT);
    return (start.startsWith("redis") || start.startsWith("valkey")) && start.contains(":");
  }

  /**
   * Reads an address.
   *
   * @throws ConfigurationException if it is wrong, with every fault; no message has a credential
   */
  static RedisAddress parse(String address) {
    RedisAddress parsed = new RedisAddress(address.strip());
    if (!parsed.faults.isEmpty()) {
      throw new ConfigurationException("redis: '" + masked(address) + "': "
          + String.join("; ", parsed.faults) + ". Expected: " + FORMS);
    }
    return parsed;
  }

  /** An address without what is secret in it, or may be. */
  static String masked(String address) {
    int at = address.lastIndexOf('@');
    int start = address.indexOf("://");
    String shown = address;
    if (at >= 0) {
      shown = (start >= 0 && start < at ? address.substring(0, start + 3) : "") + "***"
          + address.substring(at);
    } else if (start >= 0) {
      shown = address.substring(0, start + 3)
          + address.substring(start + 3).replaceAll(":[^,/\\]]*[^0-9,/\\]:][^,/\\]]*", ":***");
    }
    int options = shown.indexOf('?');
    return options < 0 ? shown : shown.substring(0, options) + "?…";
  }

  Kind kind() {
    return kind;
  }

  /** The servers, for people. */
  String server() {
    StringBuilder text = new StringBuilder();
    for (Host host : hosts) {
      text.append(text.isEmpty() ? "" : ",").append(host);
    }
    return (master == null ? text : text.append(' ').append(master)).toString();
  }

  /** For Lettuce: one for a single server or for all sentinels, one a node for a cluster. */
  List<RedisURI> uris(Duration connectTimeout) {
    List<RedisURI> uris = new ArrayList<>();
    if (kind == Kind.SENTINEL) {
      RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(String.valueOf(master));
      hosts.forEach(host -> builder.withSentinel(RedisURI.Builder.redis(host.name(), host.port())
          .withSsl(tls)
          .withVerifyPeer(verifyPeer)
          .withTimeout(connectTimeout)
          .build()));
      uris.add(finish(builder, connectTimeout));
    } else {
      for (Host host : hosts) {
        uris.add(finish(RedisURI.Builder.redis(host.name(), host.port()), connectTimeout));
      }
    }
    return uris;
  }

  private RedisURI finish(RedisURI.Builder builder, Duration connectTimeout) {
    builder
        .withSsl(tls)
        .withVerifyPeer(verifyPeer)
        .withDatabase(database)
        .withClientName(clientName)
        .withTimeout(connectTimeout);
    if (password != null) {
      if (user == null) {
        builder.withPassword(password.toCharArray());
      } else {
        builder.withAuthentication(user, password.toCharArray());
      }
    }
    return builder.build();
  }

  private void readCredentials(String given) {
    int colon = given.indexOf(':');
    if (colon < 0) {
      // Clients differ in whether this names a user or is a password.
      faults.add("before '@' stands user:password or :password");
      return;
    }
    String name = decoded(given.substring(0, colon));
    user = name.isEmpty() ? null : name;
    password = decoded(given.substring(colon + 1));
    if (password.isEmpty()) {
      faults.add("the password is empty");
    }
  }

  private void readHosts(String given) {
    String[] all = given.split(",", -1);
    if (kind == Kind.SINGLE && all.length > 1) {
      faults.add("one host only, or redis-sentinel:// or redis-cluster://");
    }
    for (String one : all) {
      Matcher host = HOST.matcher(one);
      if (!host.matches()) {
        faults.add(one.isEmpty() ? "a host is missing" : "a host is not host[:port]");
        continue;
      }
      int port = kind == Kind.SENTINEL ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
      if (host.group(2) != null) {
        if (host.group(2).matches("\\d*")) {
          port = number(host.group(2), "port", 1, HIGHEST_PORT);
        } else {
          // It may be a password whose host was forgotten.
          faults.add("the port is not a number");
        }
      }
      String name = host.group(1);
      hosts.add(new Host(
          name.startsWith("[") ? name.substring(1, name.length() - 1) : name, Math.max(port, 1)));
    }
  }

  private void readDatabase(@Nullable String path) {
    if (path != null && path.length() > 1) {
      database = number(path.substring(1), "database", 0, Integer.MAX_VALUE);
      if (kind == Kind.CLUSTER && database != 0) {
        faults.add("a cluster has database 0 only");
      }
    }
  }

  private void readOptions(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return;
    }
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : decoded(option.substring(equals + 1));
      if (value.isEmpty()) {
        faults.add("option " + name + " has no value");
      } else if (name.equals("master")) {
        master = value;
      } else if (name.equals("clientName")) {
        clientName = value;
        if (!value.matches("[!-~]+")) {
          faults.add("clientName is not visible ASCII without spaces");
        }
      } else if (name.equals("verifyPeer")
          && value.toLowerCase(Locale.ROOT).matches("full|ca|none")) {
        verifyPeer = SslVerifyMode.valueOf(value.toUpperCase(Locale.ROOT));
      } else if (name.equals("verifyPeer")) {
        faults.add("verifyPeer is not full, ca or none");
      } else {
        faults.add("there is no option " + name);
      }
    }
  }

  private int number(String text, String what, int least, int greatest) {
    if (text.matches("\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= greatest) {
        return (int) number;
      }
    }
    faults.add(what + " '" + text + "' is not " + least + " to " + greatest);
    return least;
  }

  private String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '%') {
        String hex = text.substring(i + 1, Math.min(i + 3, text.length()));
        if (!hex.matches("[0-9A-Fa-f]{2}")) {
          faults.add("a '%' is not followed by two hexadecimal digits; '%' itself is %25");
          return text;
        }
        bytes.write(Integer.parseInt(hex, 16));
        i += 3;
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
