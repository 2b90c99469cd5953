package dev.larder.spring.thymeleaf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spring.CachePolicies;
import dev.larder.spring.annotation.CallerIdentity;
import dev.larder.stats.CacheStats;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.expression.AbstractSecurityExpressionHandler;
import org.springframework.security.access.expression.SecurityExpressionRoot;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.support.StaticWebApplicationContext;

/** A fragment that depends on more than its key says is shown and not stored. */
class FragmentGuardTest {

  /** What evaluates sec:authorize. */
  static final class Expressions extends AbstractSecurityExpressionHandler<FilterInvocation> {

    @Override
    protected SecurityExpressionRoot<FilterInvocation> createSecurityExpressionRoot(
        Authentication who, FilterInvocation invocation) {
      return new SecurityExpressionRoot<FilterInvocation>(() -> who, invocation) {};
    }
  }

  private final Page page = new Page();

  @BeforeEach
  void request() {
    StaticWebApplicationContext beans = new StaticWebApplicationContext();
    beans.setServletContext(page.application);
    beans.registerSingleton("expressions", Expressions.class);
    beans.refresh();
    page.application.setAttribute(
        WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, beans);
    page.with("n", 1);
    page.request.addHeader("X-Theme", "dark");
    page.request.setParameter("q", "searched");
    page.request.setCookies(new Cookie("seen", "yes"));
    page.request.getSession(true).setAttribute("cart", List.of("book"));
    page.request.setRemoteAddr("203.0.113.7");
    page.request.setServerName("clubs.example");
    page.request.setRequestURI("/clubs");
    login(ada());
  }

  private static Authentication ada() {
    return UsernamePasswordAuthenticationToken.authenticated(
        "ada", "secret", AuthorityUtils.createAuthorityList("ROLE_MEMBER"));
  }

  private static Authentication bob() {
    return UsernamePasswordAuthenticationToken.authenticated(
        "bob", "secret", AuthorityUtils.createAuthorityList("ROLE_MEMBER"));
  }

  private static Authentication boss() {
    return UsernamePasswordAuthenticationToken.authenticated(
        "cy", "secret", AuthorityUtils.createAuthorityList("ROLE_BOSS", "ROLE_MEMBER"));
  }

  private void login(Authentication who) {
    SecurityContextHolder.getContext().setAuthentication(who);
    page.request.setUserPrincipal(who);
  }

  @AfterEach
  void close() {
    SecurityContextHolder.clearContext();
    page.close();
  }

  private boolean isStored(String body, String attributes) {
    page.template("page", "<div larder:cache='f' " + attributes + ">" + body + "</div>");
    page.get("page");
    page.get("page");
    CacheStats stats = page.larder.stats().stream()
        .filter(each -> each.cache().equals("f"))
        .findFirst()
        .orElseThrow();
    boolean isHit = stats.loads() == 1 && stats.hits() == 1;
    // Not only passed by for a while: another process would find it.
    assertThat(stats.l1Size()).isEqualTo(isHit ? 1 : 0);
    return isHit;
  }

  @Test
  void languages_haveTheirOwn() {
    page.template("page", "<div larder:cache='f'>[[${#locale}]]</div>");
    for (int i = 0; i < 2; i++) {
      assertThat(page.get("page", Locale.ENGLISH)).contains("en");
      assertThat(page.get("page", Locale.GERMAN)).contains("de");
    }
    assertThat(page.loads("f")).isEqualTo(2);
  }

  @Test
  void aUsersFragmentInsideOneForRoles_keepsTheOuterFromBeingStored_alsoOnAHit() {
    page.template(
        "page",
        "<div larder:cache='team' larder:key='${n}' larder:scope='roles'>team"
            + "<i larder:cache='mine' larder:scope='user'>[[${#authentication.name}]]</i></div>");
    assertThat(page.get("page")).contains("ada");
    page.with("n", 2);
    assertThat(page.get("page")).contains("ada");
    assertThat(page.loads("mine")).isEqualTo(1);
    login(bob());
    assertThat(page.get("page")).contains("bob").doesNotContain("ada");
  }

  @Test
  void aFragmentThatReadsItsModelOnly_isStored() {
    assertThat(isStored("[[${n}]] <a th:href='@{/clubs/{id}(id=${n})}'>x</a> [[#{greeting}]]", ""))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[${param.q}]]",
        "[[${session.cart}]]",
        "<b th:if='${session.cart != null}'>cart</b>",
        "<b sec:authentication='name'>x</b>",
        "<b sec:authorize=\"hasRole('BOSS')\">x</b>",
        "[[${#authentication.name}]]",
        "[[${#authorization.expression('isAuthenticated()')}]]",
        "[[${_csrf.token}]]",
        "<input th:if='${_csrf}' th:name='${_csrf.parameterName}' th:value='${_csrf.token}'/>",
        "[[${who}]]",
      })
  void anExpressionThatReadsTheVisitor_isNotStored(String body) {
    CsrfToken token = new DefaultCsrfToken("X-CSRF", "_csrf", "t0ken");
    page.request.setAttribute("_csrf", token);
    page.request.setAttribute("who", (Principal) () -> "ada");
    assertThat(isStored(body, "larder:key='${n}'")).isFalse();
  }

  /** A bean of the model that reads the request each time it is asked. */
  public record Asked(Function<HttpServletRequest, Object> reading) {

    public String getValue() {
      var current = (ServletRequestAttributes) RequestContextHolder.getRequestAttributes();
      return String.valueOf(reading.apply(current.getRequest()));
    }
  }

  private void lazily(Function<HttpServletRequest, Object> reading) {
    page.with("lazy", new Asked(reading));
  }

  static List<Function<HttpServletRequest, Object>> readings() {
    return List.of(
        request -> request.getHeader("X-Theme"),
        request -> request.getHeaders("X-Theme").hasMoreElements(),
        request -> request.getHeader("Absent"),
        request -> request.getParameter("q"),
        request -> request.getParameterMap().size(),
        request -> request.getQueryString(),
        request -> request.getCookies().length,
        request -> request.getSession().getId(),
        request -> request.getSession(false),
        request -> request.getRemoteAddr(),
        request -> request.getServerName(),
        request -> request.getRequestURI(),
        request -> request.getUserPrincipal(),
        request -> request.getRemoteUser(),
        request -> request.isUserInRole("BOSS"),
        request -> SecurityContextHolder.getContext().getAuthentication().getName(),
        request -> RequestContextHolder.currentRequestAttributes()
            .getAttribute("cart", ServletRequestAttributes.SCOPE_SESSION));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("readings")
  void aBeanThatReadsTheRequest_isSeen(Function<HttpServletRequest, Object> reading) {
    lazily(reading);
    assertThat(isStored("[[${lazy.value}]]", "")).isFalse();
  }

  @Test
  void theRequestItself_isBackAfterTheFragment() {
    lazily(request -> "x");
    page.template("page", "<div larder:cache='f'>[[${lazy.value}]]</div>");
    page.get("page");
    assertThat(RequestContextHolder.getRequestAttributes()).isNull();
    assertThat(SecurityContextHolder.getContext().getAuthentication()).isEqualTo(ada());
  }

  @Test
  void aSessionIdInALink_isNotStored() {
    page.response = new MockHttpServletResponse() {
      @Override
      public String encodeURL(String url) {
        return url + ";jsessionid=s1";
      }
    };
    assertThat(isStored("<a th:href='@{/clubs}'>x</a>", "")).isFalse();
  }

  @Test
  void whatIsPassedByTheKey_isStored() {
    page.template(
        "page", "<div th:with='q=${param.q[0]}' larder:cache='f' larder:key='${q}'>[[${q}]]</div>");
    assertThat(page.get("page")).contains("searched");
    page.request.setParameter("q", "other");
    assertThat(page.get("page")).contains("other");
    page.get("page");
    assertThat(page.loads("f")).isEqualTo(2);
  }

  // ---- scopes

  @ParameterizedTest
  @CsvSource({
    "<b sec:authorize=\"hasRole('BOSS')\">boss</b>, roles, true",
    "<b sec:authorize=\"isAuthenticated()\">in</b>, roles, true",
    "<b sec:authentication='name'>x</b>, roles, false",
    "<b sec:authentication='principal'>x</b>, roles, false",
    "[[${#authentication.details}]], roles, false",
    "<b sec:authentication='name'>x</b>, user, true",
    "<b sec:authorize=\"hasRole('BOSS')\">boss</b>, user, true",
    "[[${who}]], user, true",
    "[[${session.cart}]], user, false",
    "[[${session.cart}]], roles, false",
    "[[${_csrf.token}]], user, false",
    "[[${param.q}]], user, false",
  })
  void scope_saysWhatMayBeRead(String body, String scope, boolean isStored) {
    page.request.setAttribute("_csrf", new DefaultCsrfToken("X-CSRF", "_csrf", "t0ken"));
    page.request.setAttribute("who", (Principal) () -> "ada");
    assertThat(isStored(body, "larder:scope='" + scope + "'")).isEqualTo(isStored);
  }

  private String as(Authentication who) {
    MockHttpServletRequest request = new MockHttpServletRequest(page.application);
    page.request = request;
    login(who);
    return page.get("page");
  }

  @Test
  void users_haveTheirOwn_andThoseNotLoggedInShareOne() {
    page.template(
        "page", "<p larder:cache='f' larder:scope='user'>[[${#authentication?.name}]]</p>");
    for (int i = 0; i < 2; i++) {
      assertThat(as(ada())).isEqualTo("<p>ada</p>");
      assertThat(as(bob())).isEqualTo("<p>bob</p>");
      SecurityContextHolder.clearContext();
      assertThat(page.get("page")).isEqualTo("<p></p>");
    }
    assertThat(page.loads("f")).isEqualTo(3);
  }

  @Test
  void oneUserWithOtherRights_hasAnotherEntry() {
    page.template(
        "page",
        "<p larder:cache='f' larder:scope='user'><b sec:authorize=\"hasRole('BOSS')\">!</b></p>");
    assertThat(as(ada())).isEqualTo("<p></p>");
    assertThat(as(UsernamePasswordAuthenticationToken.authenticated(
            "ada", "x", AuthorityUtils.createAuthorityList("ROLE_BOSS"))))
        .isEqualTo("<p><b>!</b></p>");
  }

  @Test
  void tenants_haveTheirOwn_andTheirUsersShareIt() {
    AtomicReference<Object> tenant = new AtomicReference<>("acme");
    CallerIdentity identity = new CallerIdentity() {
      @Override
      public @Nullable Object user() {
        return null;
      }

      @Override
      public Object tenant() {
        return tenant.get();
      }
    };
    try (Page tenants = new Page(CachePolicies.none(), identity)) {
      tenants.template("page", "<p larder:cache='f' larder:scope='tenant'>[[${name}]]</p>");
      assertThat(tenants.with("name", "of acme").get("page")).contains("of acme");
      tenant.set("umbrella");
      assertThat(tenants.with("name", "of umbrella").get("page")).contains("of umbrella");
      tenant.set("acme");
      assertThat(tenants.with("name", "of nobody").get("page")).contains("of acme");
      assertThat(tenants.loads("f")).isEqualTo(2);
    }
  }

  @Test
  void roles_shareOne() {
    page.template(
        "page",
        "<p larder:cache='f' larder:scope='roles'><b sec:authorize=\"hasRole('BOSS')\">!</b></p>");
    for (int i = 0; i < 2; i++) {
      assertThat(as(ada())).isEqualTo("<p></p>");
      assertThat(as(bob())).isEqualTo("<p></p>");
      assertThat(as(boss())).isEqualTo("<p><b>!</b></p>");
    }
    assertThat(page.loads("f")).isEqualTo(2);
  }

  @Test
  void aRememberedLogin_isNotStoredForRoles() {
    login(new RememberMeAuthenticationToken(
        "key", "ada", AuthorityUtils.createAuthorityList("ROLE_MEMBER")));
    assertThat(isStored("<b sec:authorize='isFullyAuthenticated()'>x</b>", "larder:scope='roles'"))
        .isFalse();
  }

  // ---- nested

  @Test
  void aUsersFragmentInsideOneForAll_keepsTheOuterFromBeingStored_alsoOnAHit() {
    page.template(
        "page",
        "<p larder:cache='outer'>[<b larder:cache='inner' larder:scope='user'"
            + " th:text='x'></b>]</p>"
                .replace(" th:text='x'", "")
                .replace("></b>", ">[[${#authentication.name}]]</b>"));
    assertThat(as(ada())).contains("ada");
    assertThat(as(ada())).contains("ada");
    assertThat(as(bob())).contains("bob");
    assertThat(as(ada())).contains("ada");
    assertThat(page.loads("inner")).isEqualTo(2);
  }

  @Test
  void aTokenInsideAnInnerFragment_keepsTheOuterFromBeingStored() {
    page.request.setAttribute("_csrf", new DefaultCsrfToken("X-CSRF", "_csrf", "one"));
    page.template(
        "page", "<p larder:cache='outer'><b larder:cache='inner'>[[${_csrf.token}]]</b></p>");
    assertThat(page.get("page")).contains("one");
    page.request.setAttribute("_csrf", new DefaultCsrfToken("X-CSRF", "_csrf", "two"));
    assertThat(page.get("page")).contains("two");
  }

  @Test
  void anInnerFragmentKeyedByTheRequest_keepsTheOuterFromBeingStored() {
    page.template(
        "page",
        "<p larder:cache='outer'><b th:with='q=${param.q[0]}' larder:cache='inner'"
            + " larder:key='${q}'>[[${q}]]</b></p>");
    assertThat(page.get("page")).contains("searched");
    page.request.setParameter("q", "other");
    assertThat(page.get("page")).contains("other");
  }
}
