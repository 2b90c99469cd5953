package dev.larder.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page and what it is made of: plain modules of the console, of Lit and of Chart.js, which find each
 * other by an import map. All lie below a version that is a digest of them, so a browser may keep them
 * for ever. Only what is listed here is served.
 */
final class Assets {

  /** The content of a file, and of what type. */
  record Asset(byte[] bytes, String type) {}

  private record WebJar(String artifact, String module, String entry) {}

  private static final String PAGE = "/dev/larder/console/page/";

  private static final List<String> OWN = List.of(
      "advisor.js",
      "api.js",
      "app.js",
      "area.js",
      "cache.js",
      "caches.js",
      "configuration.js",
      "console.css",
      "dialogs.js",
      "events.js",
      "format.js",
      "freshness.js",
      "http.js",
      "icon.svg",
      "inspector.js",
      "keys.js",
      "loads.js",
      "nodes.js",
      "overview.js",
      "page.js",
      "parts.js",
      "sessions.js",
      "simulator.js",
      "spread.js",
      "store.js",
      "touch.js",
      "trials.js",
      "warming.js");

  /** Beside the entry a module may import its own files, by their path below it. */
  private static final List<WebJar> WEB_JARS = List.of(
      new WebJar("lit", "lit", "index.js"),
      new WebJar("lit-html", "lit-html", "lit-html.js"),
      new WebJar("lit-element", "lit-element", "lit-element.js"),
      new WebJar("lit__reactive-element", "@lit/reactive-element", "reactive-element.js"),
      new WebJar("chart.js", "chart.js", "dist/chart.js"),
      new WebJar("kurkle__color", "@kurkle/color", "dist/color.esm.js"));

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*\\.js");

  private final Map<String, String> folders = new LinkedHashMap<>();
  private final Map<String, Asset> own = new LinkedHashMap<>();
  private final Map<String, Asset> read = new ConcurrentHashMap<>();
  private final String version;
  private final byte[] page;
  private final String policy;

  /** Reads the console's own files. */
  Assets() {
    MessageDigest digest = sha256();
    for (String name : OWN) {
      byte[] bytes = need(PAGE + name);
      digest.update(bytes);
      own.put(name, new Asset(bytes, type(name)));
    }
    for (WebJar jar : WEB_JARS) {
      String at = versionOf(jar.artifact());
      digest.update(at.getBytes(StandardCharsets.UTF_8));
      folders.put(jar.artifact(), "/META-INF/resources/webjars/" + jar.artifact() + "/" + at + "/");
    }
    String template = new String(need(PAGE + "index.html"), StandardCharsets.UTF_8);
    digest.update(template.getBytes(StandardCharsets.UTF_8));
    this.version = HexFormat.of().formatHex(digest.digest(), 0, 6);
    String map = importMap();
    this.page = template
        .replace("${version}", version)
        .replace("${importMap}", map)
        .getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(sha256().digest(map.getBytes(StandardCharsets.UTF_8)));
    this.policy = "default-src 'self'; script-src 'self' 'sha256-" + hash + "'; object-src 'none';"
        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        + " require-trusted-types-for 'script'; trusted-types lit-html";
  }

  private String importMap() {
    Map<String, String> imports = new LinkedHashMap<>();
    for (WebJar jar : WEB_JARS) {
      String folder = "./assets/" + version + "/" + jar.artifact() + "/";
      imports.put(jar.module(), folder + jar.entry());
      imports.put(jar.module() + "/", folder);
    }
    return new String(Json.write(Map.of("imports", imports)), StandardCharsets.UTF_8);
  }

  /** The one page. */
  byte[] page() {
    return page;
  }

  /** What the page may load and run: its own files and the import map, of which this has the hash. */
  String policy() {
    return policy;
  }

  /** A file by its path behind {@code assets/}; null if there is none, or it is of another version. */
  @Nullable Asset asset(String path) {
    if (!path.startsWith(version + "/")) {
      return null;
    }
    String name = path.substring(version.length() + 1);
    Asset found = own.get(name);
    if (found != null) {
      return found;
    }
    found = read.get(name);
    if (found != null) {
      return found;
    }
    int slash = name.indexOf('/');
    String folder = slash < 0 ? null : folders.get(name.substring(0, slash));
    if (folder == null || !FILE.matcher(name).matches()) {
      return null;
    }
    byte[] bytes = bytes(folder + name.substring(slash + 1));
    if (bytes == null) {
      return null;
    }
    Asset asset = new Asset(bytes, type(name));
    read.put(name, asset);
    return asset;
  }

  private static String type(String name) {
    return name.endsWith(".css")
        ? "text/css;charset=UTF-8"
        : name.endsWith(".svg") ? "image/svg+xml" : "text/javascript;charset=UTF-8";
  }

  private static String versionOf(String artifact) {
    Properties properties = new Properties();
    String path = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
    try (InputStream input = Assets.class.getResourceAsStream(path)) {
      if (input == null) {
        throw new IllegalStateException("console: org.webjars.npm:" + artifact
            + " is not on the class path; larder-console brings it unless it is excluded");
      }
      properties.load(input);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties.getProperty("version", "");
  }

  private static byte[] need(String path) {
    byte[] bytes = bytes(path);
    if (bytes == null) {
      throw new IllegalStateException("console: " + path + " is not in its jar");
    }
    return bytes;
  }

  private static byte @Nullable [] bytes(String path) {
    try (InputStream input = Assets.class.getResourceAsStream(path)) {
      return input == null ? null : input.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
