package dev.larder.console;

import dev.larder.manage.ManagementException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks.
 *
 * <p>A log-in is a cookie that tells its own end and is signed with a key made from the token, so every
 * node that knows the token takes it and none remembers it; another token ends all log-ins. What a POST
 * must repeat against forgery is a signature too: of that cookie, or of a random one of its own for users
 * whom the application knows, so that any node can check it. Safe for many threads.
 */
final class Access {

  static final String COOKIE = "larder-console";
  static final String CSRF_COOKIE = "larder-console-csrf";
  static final String CSRF_HEADER = "X-Larder-Csrf";
  private static final String BEARER = "Bearer ";

  private final ConsoleSettings settings;
  private final Attempts attempts;
  private final LongSupplier millis;
  private final byte[] key;
  private final byte @Nullable [] tokenDigest;
  private final SecureRandom random = new SecureRandom();

  Access(ConsoleSettings settings, Attempts attempts, LongSupplier millis) {
    this.settings = settings;
    this.attempts = attempts;
    this.millis = millis;
    String token = settings.token();
    // Without a token there is nothing that all nodes know; then what is signed is random.
    this.key =
        sign((token == null ? "larder" : token).getBytes(StandardCharsets.UTF_8), "larder-console");
    this.tokenDigest = token == null ? null : sign(key, token);
  }

  /**
   * Who asks.
   *
   * @throws Problem 401 if nobody is known, 403 if the user has none of the roles, 429 after too many
   *     wrong tokens
   */
  Visitor visitor(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && startsWithBearer(authorization)) {
      checkToken(authorization.substring(BEARER.length()).strip(), request.getRemoteAddr());
      return visitor(request, "token", "bearer", true, true);
    }
    String login = login(request);
    if (login != null) {
      return visitor(request, "token", login, true, false);
    }
    Principal principal = request.getUserPrincipal();
    if (has(request, settings.viewRoles())
        || has(request, settings.actRoles())
        || has(request, settings.valueRoles())) {
      String name = principal == null ? "unnamed" : principal.getName();
      return visitor(
          request, name, "user " + name + " " + cookie(request, CSRF_COOKIE), false, false);
    }
    if (settings.token() == null) {
      throw principal == null
          ? Problem.withoutRole(
              401, "Who are you?", "Log in to the application with a role that may use the console")
          : Problem.withoutRole(
              403,
              "Not allowed",
              "This user has none of the roles that may use the console: give it one"
                  + " of those in larder.console.role, .act-role or .value-role");
    }
    throw new Problem(
        401,
        "Who are you?",
        ManagementException.Reason.FORBIDDEN,
        "Send the token as 'Authorization: Bearer TOKEN', or log in with it");
  }

  private static boolean startsWithBearer(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  private Visitor visitor(
      HttpServletRequest request, String name, String bond, boolean hasToken, boolean isBearer) {
    return new Visitor(
        name + " from " + request.getRemoteAddr(),
        settings.allowsActions() && (hasToken || has(request, settings.actRoles())),
        (hasToken && settings.tokenSeesValues()) || has(request, settings.valueRoles()),
        text(sign(key, "csrf " + bond)),
        isBearer);
  }

  private static boolean has(HttpServletRequest request, Collection<String> roles) {
    return roles.stream().anyMatch(request::isUserInRole);
  }

  /**
   * Takes a token only if it is right, and counts it if it is not.
   *
   * @throws Problem 401 or 429
   */
  void checkToken(String given, String address) {
    attempts.check(address);
    byte[] right = tokenDigest;
    // Digests of equal length: how long the comparison takes tells nothing of the token.
    if (right == null || !MessageDigest.isEqual(right, sign(key, given))) {
      attempts.wrong(address);
      Audit.refused("log-in", "unknown from " + address, "wrong token");
      throw new Problem(
          401, "Wrong token", ManagementException.Reason.FORBIDDEN, "This is not the token");
    }
  }

  /**
   * Refuses what another site may have made a browser send.
   *
   * @throws Problem 403 if the header is missing or not what this visitor was given
   */
  void checkCsrf(HttpServletRequest request, Visitor visitor) {
    if (visitor.isBearer()) {
      return;
    }
    checkSite(request);
    String given = request.getHeader(CSRF_HEADER);
    if (given == null
        || !MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            visitor.csrf().getBytes(StandardCharsets.UTF_8))) {
      throw Problem.forbidden("The header " + CSRF_HEADER
          + " is not the one that api/session gives now: load the page again");
    }
  }

  /**
   * Refuses a request of which the browser says that another site made it.
   *
   * @throws Problem 403
   */
  static void checkSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Problem.forbidden(
          "The request comes from another site (Sec-Fetch-Site: " + Audit.line(site) + ")");
    }
  }

  /** Sets the random cookie that is signed for a user without a log-in here, unless there is one. */
  void bind(HttpServletRequest request, HttpServletResponse response) {
    if (cookie(request, CSRF_COOKIE).length() != 32) {
      byte[] nonce = new byte[24];
      random.nextBytes(nonce);
      String value = text(nonce);
      request.setAttribute(CSRF_COOKIE, value);
      setCookie(request, response, CSRF_COOKIE, value, -1);
    }
  }

  private static String cookie(HttpServletRequest request, String name) {
    if (request.getAttribute(name) instanceof String set) {
      return set;
    }
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(name)) {
          return cookie.getValue();
        }
      }
    }
    return "";
  }

  /** When the log-in of a request ends, in milliseconds since 1970; never for others. */
  long endMillis(HttpServletRequest request) {
    String login = request.getHeader("Authorization") == null ? login(request) : null;
    return login == null
        ? Long.MAX_VALUE
        : Long.parseLong(login.substring(0, login.indexOf('.'))) * 1_000;
  }

  /** Sets the cookie of a log-in. */
  void logIn(HttpServletRequest request, HttpServletResponse response) {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    String claim =
        (millis.getAsLong() / 1000 + settings.loginLength().toSeconds()) + "." + text(nonce);
    setCookie(request, response, COOKIE, claim + "." + text(sign(key, "log-in " + claim)), (int)
        settings.loginLength().toSeconds());
  }

  /** Removes the cookie. */
  void logOut(HttpServletRequest request, HttpServletResponse response) {
    setCookie(request, response, COOKIE, "", 0);
  }

  private static void setCookie(
      HttpServletRequest request,
      HttpServletResponse response,
      String name,
      String value,
      int seconds) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath(request.getContextPath() + request.getServletPath() + "/");
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setMaxAge(seconds);
    cookie.setAttribute("SameSite", "Strict");
    response.addCookie(cookie);
  }

  private @Nullable String login(HttpServletRequest request) {
    String login = tokenDigest == null ? "" : cookie(request, COOKIE);
    return isValid(login) ? login : null;
  }

  private boolean isValid(String value) {
    int end = value.lastIndexOf('.');
    int dot = value.indexOf('.');
    if (dot < 1 || dot == end || dot > 12) {
      return false;
    }
    byte[] right =
        text(sign(key, "log-in " + value.substring(0, end))).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right, value.substring(end + 1).getBytes(StandardCharsets.UTF_8))) {
      return false;
    }
    return Long.parseLong(value.substring(0, dot)) > millis.getAsLong() / 1000;
  }

  private static byte[] sign(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
