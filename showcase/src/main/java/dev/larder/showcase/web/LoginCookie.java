package dev.larder.showcase.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * Remembers in the browser who is logged in. The cookie holds the user's number and a signature of
 * it; scripts cannot read it, and other sites' forms are sent without it.
 */
public final class LoginCookie {
  private static final String ALGORITHM = "HmacSHA256";

  private final String system;
  private final SecretKeySpec key;

  /**
   * A cookie of one system, signed with a key.
   *
   * @param system its name, which is its context path too
   * @param secret null for a random one, which no earlier cookie survives
   */
  public LoginCookie(String system, @Nullable String secret) {
    this.system = system;
    byte[] bytes;
    if (secret == null) {
      bytes = new byte[32];
      new SecureRandom().nextBytes(bytes);
    } else {
      bytes = secret.getBytes(StandardCharsets.UTF_8);
    }
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** The cookie that logs a user in for 30 days. */
  public ResponseCookie login(long user) {
    return cookie(user + "." + signature(Long.toString(user)), Duration.ofDays(30));
  }

  /** The cookie that logs out. */
  public ResponseCookie logout() {
    return cookie("", Duration.ZERO);
  }

  /** Who is logged in, {@link Viewer#NOBODY} without a cookie or with one not signed here. */
  public Viewer viewer(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Viewer.NOBODY;
    }
    return Arrays.stream(cookies)
        .filter(cookie -> cookie.getName().equals(name()))
        .map(cookie -> viewer(cookie.getValue()))
        .filter(Viewer::isKnown)
        .findFirst()
        .orElse(Viewer.NOBODY);
  }

  private Viewer viewer(String value) {
    int dot = value.indexOf('.');
    if (dot < 1 || dot > 18) {
      return Viewer.NOBODY;
    }
    String user = value.substring(0, dot);
    byte[] expected = signature(user).getBytes(StandardCharsets.US_ASCII);
    byte[] given = value.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given)
        ? new Viewer(Long.parseLong(user))
        : Viewer.NOBODY;
  }

  private String signature(String user) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signed = mac.doFinal(user.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private ResponseCookie cookie(String value, Duration age) {
    return ResponseCookie.from(name(), value)
        .path("/" + system)
        .httpOnly(true)
        .sameSite("Lax")
        .maxAge(age)
        .build();
  }

  private String name() {
    return system + "_user";
  }
}
