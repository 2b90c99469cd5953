package dev.larder.boottests.session;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One visitor: keeps the session cookie and follows no redirect. */
final class Browser {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private String cookie = "";

  /** A browser with somebody else's cookie, or an old one. */
  static Browser with(String cookie) {
    Browser browser = new Browser();
    browser.cookie = cookie;
    return browser;
  }

  String cookie() {
    return cookie;
  }

  /** The id in the cookie. */
  String id() {
    return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
  }

  HttpResponse<String> get(int port, String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).GET());
  }

  String body(int port, String path) {
    return get(port, path).body();
  }

  /** Logs in by the form, as a person does. */
  HttpResponse<String> logIn(int port, String user, String password) {
    Matcher token = TOKEN.matcher(body(port, "/login"));
    if (!token.find()) {
      throw new IllegalStateException("no CSRF token in the form");
    }
    return post(
        port,
        "/login",
        "username=" + user + "&password=" + password + "&_csrf=" + encoded(token.group(1)));
  }

  HttpResponse<String> logOut(int port) {
    return post(port, "/logout", "_csrf=" + encoded(body(port, "/csrf")));
  }

  private HttpResponse<String> post(int port, String path, String form) {
    return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookie.isEmpty()) {
      request.header("Cookie", "SESSION=" + cookie);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String set : response.headers().allValues("Set-Cookie")) {
        if (set.startsWith("SESSION=")) {
          cookie = set.substring("SESSION=".length(), set.indexOf(';'));
        }
      }
      return response;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
