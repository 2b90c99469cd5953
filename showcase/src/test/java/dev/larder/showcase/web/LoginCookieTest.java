package dev.larder.showcase.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.web.MockHttpServletRequest;

class LoginCookieTest {
  private static final String NAME = "halfnote_user";
  private static final LoginCookie COOKIE = new LoginCookie("halfnote", "a secret of a test");

  @Test
  void login_isReadBack() {
    assertThat(viewer(COOKIE, value(COOKIE, 42))).isEqualTo(new Viewer(42));
    assertThat(viewer(COOKIE, value(COOKIE, 999_999_999_999_999_999L)).id())
        .isEqualTo(999_999_999_999_999_999L);
  }

  @Test
  void cookie_isOutOfReachOfScriptsAndOtherSites() {
    ResponseCookie cookie = COOKIE.login(42);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/halfnote");
    assertThat(cookie.getMaxAge()).hasDays(30);
    assertThat(COOKIE.logout().getMaxAge()).isZero();
    assertThat(COOKIE.logout().getName()).isEqualTo(cookie.getName());
  }

  @Test
  void sameSecret_outlivesARestart_anotherDoesNot() {
    LoginCookie restarted = new LoginCookie("halfnote", "a secret of a test");
    assertThat(viewer(restarted, value(COOKIE, 42)).id()).isEqualTo(42);
    LoginCookie another = new LoginCookie("halfnote", "a secret of a tesT");
    assertThat(viewer(another, value(COOKIE, 42))).isEqualTo(Viewer.NOBODY);
    LoginCookie random = new LoginCookie("halfnote", null);
    assertThat(viewer(random, value(random, 42)).id()).isEqualTo(42);
    assertThat(viewer(new LoginCookie("halfnote", null), value(random, 42)))
        .isEqualTo(Viewer.NOBODY);
  }

  @Test
  void signatureOfAnotherUser_isNobodys() {
    String signature = value(COOKIE, 42).replaceFirst("^42", "");
    assertThat(viewer(COOKIE, "43" + signature)).isEqualTo(Viewer.NOBODY);
    assertThat(viewer(COOKIE, "042" + signature)).isEqualTo(Viewer.NOBODY);
    assertThat(viewer(COOKIE, "42" + signature + "x")).isEqualTo(Viewer.NOBODY);
    assertThat(viewer(COOKIE, "42" + signature.substring(0, 20))).isEqualTo(Viewer.NOBODY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "42", "42.", ".42", "x.y", "99999999999999999999.x", "-1.é"})
  void garbage_isNobodys(String value) {
    assertThat(viewer(COOKIE, value)).isEqualTo(Viewer.NOBODY);
  }

  @Test
  void forgedBesideTrue_trueCounts() {
    assertThat(viewer(COOKIE, "7.forged", value(COOKIE, 42)).id()).isEqualTo(42);
    assertThat(COOKIE.viewer(new MockHttpServletRequest())).isEqualTo(Viewer.NOBODY);
  }

  private static String value(LoginCookie cookie, long user) {
    return cookie.login(user).getValue();
  }

  private static Viewer viewer(LoginCookie cookie, String... values) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setCookies(
        Arrays.stream(values).map(value -> new Cookie(NAME, value)).toArray(Cookie[]::new));
    return cookie.viewer(request);
  }
}
