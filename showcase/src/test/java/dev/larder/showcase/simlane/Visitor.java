package dev.larder.showcase.simlane;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser's cookie jar of one cookie, who sends the token of the form they saw. */
final class Visitor {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final Caller caller;
  private String cookie = "";
  private String token = "";

  private Visitor(Caller caller) {
    this.caller = caller;
  }

  static Visitor of(Caller anybody) {
    return new Visitor(anybody);
  }

  /** Logs in with the password that everybody has. */
  static Visitor loggedIn(Caller anybody, String username) {
    Visitor visitor = new Visitor(anybody);
    visitor.get("/login");
    Reply reply = visitor.post("/login", "username=" + username + "&password=simlane");
    if (!reply.header("Location").endsWith("/clubs")) {
      throw new AssertionError("not logged in: " + reply);
    }
    visitor.get("/clubs");
    return visitor;
  }

  /** The cookie as it is sent, {@code name=value}; empty before there is one. */
  String cookie() {
    return cookie;
  }

  /** The same person at another instance. */
  Visitor at(Caller other) {
    Visitor visitor = new Visitor(other);
    visitor.cookie = cookie;
    visitor.token = token;
    return visitor;
  }

  Reply get(String path) {
    return seen(with(caller).get("/simlane" + path));
  }

  Reply get(String path, String language) {
    return seen(with(caller).with("Accept-Language", language).get("/simlane" + path));
  }

  /** Sends a form with the last token seen; a page that has a form must have been asked for before. */
  Reply post(String path, String fields) {
    return seen(with(caller).form("/simlane" + path, fields + "&_csrf=" + token));
  }

  Reply postWithoutToken(String path, String fields) {
    return with(caller).form("/simlane" + path, fields);
  }

  /** Which cache answered what: its tier, or {@code load}. */
  Map<String, String> caches(String path) {
    Map<String, String> answers = new LinkedHashMap<>();
    Reply reply = get(path);
    if (reply.status() != 200) {
      throw new AssertionError(path + " answered " + reply.status());
    }
    for (String answer : reply.header("X-Cache").split("; ", -1)) {
      int at = answer.indexOf('=');
      if (at > 0) {
        answers.put(answer.substring(0, at), answer.substring(at + 1));
      }
    }
    return answers;
  }

  /** Whether the whole response comes from a cache; asks for it, so the second time it should. */
  boolean isKept(String path) {
    return get(path).header("Cache-Status").contains("; hit");
  }

  private Caller with(Caller any) {
    return cookie.isEmpty() ? any : any.with("Cookie", cookie);
  }

  private Reply seen(Reply reply) {
    reply.headers().allValues("Set-Cookie").forEach(set -> cookie = set.split(";", 2)[0]);
    Matcher found = TOKEN.matcher(reply.body());
    if (found.find()) {
      token = found.group(1);
    }
    return reply;
  }
}
