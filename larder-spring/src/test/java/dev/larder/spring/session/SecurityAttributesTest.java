package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CodecException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.savedrequest.DefaultSavedRequest;

/** What Spring Security puts into a session, there and back, and what must not get there. */
class SecurityAttributesTest {

  private final AttributeTypes types =
      AttributeTypes.builder(SessionServers.CODECS).build();

  private Object thereAndBack(Object value) {
    return types.decode(types.encode("attribute", value));
  }

  private Authentication thereAndBack(Authentication authentication) {
    return ((SecurityContext) thereAndBack(new SecurityContextImpl(authentication)))
        .getAuthentication();
  }

  private String bytes(Object value) {
    return new String(types.encode("attribute", value).value(), StandardCharsets.UTF_8);
  }

  @Test
  void password_withUserAndFactors() {
    User user = new User("ann", "secret", true, true, false, true, authorities());
    var token = UsernamePasswordAuthenticationToken.authenticated(user, "secret", authorities());
    token.setDetails(new WebAuthenticationDetails("10.1.2.3", "id-of-before"));

    Authentication back = thereAndBack(token);
    assertThat(back).isExactlyInstanceOf(UsernamePasswordAuthenticationToken.class);
    assertThat(back.isAuthenticated()).isTrue();
    assertThat(List.<GrantedAuthority>copyOf(back.getAuthorities())).isEqualTo(authorities());
    assertThat(back.getPrincipal()).isEqualTo(user).isInstanceOfSatisfying(User.class, found -> {
      assertThat(found.getPassword()).isNull();
      assertThat(found.isCredentialsNonExpired()).isFalse();
      assertThat(found.isAccountNonLocked()).isTrue();
    });
    assertThat(back.getCredentials()).isNull();
    assertThat(((WebAuthenticationDetails) back.getDetails()).getRemoteAddress())
        .isEqualTo("10.1.2.3");
  }

  private static List<GrantedAuthority> authorities() {
    return List.of(
        new SimpleGrantedAuthority("ROLE_USER"),
        FactorGrantedAuthority.withAuthority("FACTOR_PASSWORD")
            .issuedAt(Instant.parse("2026-01-02T03:04:05.123456Z"))
            .build());
  }

  @Test
  void passwordsAndSessionIds_areNotInTheBytes() {
    var token = UsernamePasswordAuthenticationToken.authenticated("ann", "s3cr3t", List.of());
    token.setDetails(new WebAuthenticationDetails("10.1.2.3", "id-of-before"));
    StoredAttribute stored = types.encode("authentication", token);
    assertThat(new String(stored.value(), StandardCharsets.UTF_8))
        .contains("10.1.2.3")
        .doesNotContain("s3cr3t")
        .doesNotContain("id-of-before");
    assertThat(bytes(new User("ann", "s3cr3t", List.of()))).doesNotContain("s3cr3t");
  }

  @Test
  void rememberMe_isNotTakenForAPassword_andKeepsItsKey() {
    for (String key : List.of("a key", "x", "another, longer key of the application", "\u00e9")) {
      var token = new RememberMeAuthenticationToken(
          key, "ann", AuthorityUtils.createAuthorityList("ROLE_USER"));
      Authentication back = thereAndBack(token);
      assertThat(back).isExactlyInstanceOf(RememberMeAuthenticationToken.class).isEqualTo(token);
      assertThat(((RememberMeAuthenticationToken) back).getKeyHash()).isEqualTo(key.hashCode());
    }
  }

  @Test
  void unauthenticated_staysSo() {
    assertThat(thereAndBack(UsernamePasswordAuthenticationToken.unauthenticated("ann", "x"))
            .isAuthenticated())
        .isFalse();
    assertThat(((SecurityContext) thereAndBack(new SecurityContextImpl())).getAuthentication())
        .isNull();
  }

  @Test
  void whatWouldLoseSomething_isRefused() {
    @SuppressWarnings("serial")
    class Employee extends User {
      Employee() {
        super("ann", "", List.of());
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thereAndBack(
            UsernamePasswordAuthenticationToken.authenticated(new Employee(), null, List.of())))
        .withMessageContaining("Employee");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thereAndBack(new TestingAuthenticationToken("ann", "x")))
        .withMessageContaining("TestingAuthenticationToken");
    GrantedAuthority odd = () -> "ROLE_ODD";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> thereAndBack(
            UsernamePasswordAuthenticationToken.authenticated("ann", null, List.of(odd))))
        .withMessageContaining("use SimpleGrantedAuthority");
  }

  @Test
  void principal_ofADeclaredType() {
    record Member(long id, String name) {}
    AttributeTypes declared = AttributeTypes.builder(SessionServers.CODECS)
        .add("member", Member.class)
        .build();
    var token =
        UsernamePasswordAuthenticationToken.authenticated(new Member(7, "ann"), null, List.of());
    SecurityContext back = (SecurityContext)
        declared.decode(declared.encode("context", new SecurityContextImpl(token)));
    assertThat(back.getAuthentication().getPrincipal()).isEqualTo(new Member(7, "ann"));
  }

  /** A log-in of the application's own. */
  @SuppressWarnings("serial")
  static final class MyToken extends AbstractAuthenticationToken {

    private final String name;

    MyToken(String name) {
      super(AuthorityUtils.createAuthorityList("ROLE_USER"));
      this.name = name;
      setAuthenticated(true);
    }

    @Override
    public Object getPrincipal() {
      return name;
    }

    @Override
    public Object getCredentials() {
      return "s3cr3t";
    }
  }

  record MyForm(String name) {

    static MyForm of(MyToken token) {
      return new MyForm(token.getName());
    }

    MyToken token() {
      return new MyToken(name);
    }
  }

  @Test
  void authentication_withAFormOfItsOwn() {
    SessionAttributeTypes declaration =
        types -> types.add("token", MyToken.class, MyForm.class, MyForm::of, MyForm::token);
    AttributeTypes.Builder builder = AttributeTypes.builder(SessionServers.CODECS);
    declaration.declare(builder);
    AttributeTypes declared = builder.build();

    StoredAttribute stored =
        declared.encode("context", new SecurityContextImpl(new MyToken("ann")));
    assertThat(new String(stored.value(), StandardCharsets.UTF_8)).doesNotContain("s3cr3t");
    Authentication back = ((SecurityContext) declared.decode(stored)).getAuthentication();
    assertThat(back).isExactlyInstanceOf(MyToken.class);
    assertThat(back.getName()).isEqualTo("ann");
    assertThat(back.isAuthenticated()).isTrue();
  }

  @Test
  void csrfToken() {
    DefaultCsrfToken back =
        (DefaultCsrfToken) thereAndBack(new DefaultCsrfToken("X-CSRF", "_csrf", "token"));
    assertThat(back.getHeaderName()).isEqualTo("X-CSRF");
    assertThat(back.getParameterName()).isEqualTo("_csrf");
    assertThat(back.getToken()).isEqualTo("token");
  }

  @Test
  void savedRequest_leadsBack_withoutHeadersAndForms() {
    DefaultSavedRequest.Builder builder = new DefaultSavedRequest.Builder()
        .setScheme("https")
        .setServerName("shop")
        .setServerPort(8443)
        .setContextPath("/app")
        .setServletPath("/cart")
        .setRequestURI("/app/cart")
        .setRequestURL("https://shop:8443/app/cart")
        .setQueryString("page=2")
        .setMatchingRequestParameterName("continue")
        .setHeaders(Map.of("authorization", List.of("Basic s3cr3t")))
        .setLocales(List.of())
        .setCookies(List.of());
    DefaultSavedRequest get = builder
        .setMethod("GET")
        .setParameters(Map.of("page", new String[] {"2"}))
        .build();
    DefaultSavedRequest back = (DefaultSavedRequest) thereAndBack(get);
    assertThat(back.getRedirectUrl())
        .isEqualTo(get.getRedirectUrl())
        .isEqualTo("https://shop:8443/app/cart?page=2&continue");
    assertThat(back.getParameterValues("page")).containsExactly("2");
    assertThat(back.getMethod()).isEqualTo("GET");
    assertThat(back.getServletPath()).isEqualTo("/cart");
    assertThat(back.getHeaderNames()).isEmpty();
    assertThat(bytes(get)).doesNotContain("s3cr3t");

    DefaultSavedRequest post = builder
        .setMethod("POST")
        .setParameters(Map.of("password", new String[] {"s3cr3t"}))
        .build();
    assertThat(bytes(post)).doesNotContain("s3cr3t");
  }

  @Test
  void failures_keepTheirKindAndMessage() {
    assertThat(thereAndBack(new LockedException("locked")))
        .isExactlyInstanceOf(LockedException.class)
        .hasToString(new LockedException("locked").toString());
    assertThat(thereAndBack(new AuthenticationServiceException("down")))
        .isExactlyInstanceOf(BadCredentialsException.class);
  }

  @Test
  void storedBytes_chooseNoClass() {
    for (String json : List.of(
        "{\"@class\":\"javax.naming.InitialContext\"}",
        "[\"java.lang.ProcessBuilder\",{\"command\":[\"true\"]}]",
        "{\"authentication\":{\"type\":\"javax.naming.InitialContext\",\"value\":\"e30=\"}}",
        "{\"authentication\":{\"type\":\"string\",\"value\":\"ImEi\"}}")) {
      for (String name :
          List.of("spring-security-context", "spring-security-user", "string-list")) {
        StoredAttribute forged = new StoredAttribute(name, json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> types.decode(forged)).isInstanceOf(CodecException.class);
      }
    }
    assertThatThrownBy(() -> types.decode(
            new StoredAttribute("java.net.URL", "\"http://x\"".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("no attribute type is declared as 'java.net.URL'");
  }
}
