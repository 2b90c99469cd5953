package dev.larder.spring.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * What Spring Security keeps of a log-in, written field by field.
 *
 * <p>Never stored: passwords and other credentials, and the id of the session in which the log-in
 * began, which {@link WebAuthenticationDetails} holds. A principal may be of any declared type; an
 * {@code Authentication} of another class wants a declaration of its own.
 */
final class SecurityAttributes {

  private static final int HASH_BASE = 31;
  private static final int HASH_DIGITS = 7;

  private static final Map<String, Function<String, AuthenticationException>> FAILURES = Map.of(
      "bad-credentials", BadCredentialsException::new,
      "locked", LockedException::new,
      "disabled", DisabledException::new,
      "account-expired", AccountExpiredException::new,
      "credentials-expired", CredentialsExpiredException::new);

  private final Supplier<AttributeTypes> types;

  private SecurityAttributes(Supplier<AttributeTypes> types) {
    this.types = types;
  }

  record ContextForm(@Nullable StoredAttribute authentication) {}

  record AuthorityForm(String authority, @Nullable Instant issuedAt) {}

  record UserForm(
      String name,
      List<AuthorityForm> authorities,
      boolean enabled,
      boolean accountNonExpired,
      boolean credentialsNonExpired,
      boolean accountNonLocked) {}

  record TokenForm(
      StoredAttribute principal,
      List<AuthorityForm> authorities,
      boolean authenticated,
      @Nullable String remoteAddress,
      int keyHash) {}

  record FailureForm(String kind, @Nullable String message) {}

  static void declare(AttributeTypes.Builder types) {
    SecurityAttributes security = new SecurityAttributes(types.whenBuilt());
    types
        .add(
            "spring-security-context",
            SecurityContext.class,
            ContextForm.class,
            security::contextForm,
            security::context)
        .add(
            "spring-security-password",
            UsernamePasswordAuthenticationToken.class,
            TokenForm.class,
            token -> security.tokenForm(token, 0),
            security::passwordToken)
        .add(
            "spring-security-remember-me",
            RememberMeAuthenticationToken.class,
            TokenForm.class,
            token -> security.tokenForm(token, token.getKeyHash()),
            security::rememberMeToken)
        .add(
            "spring-security-user",
            User.class,
            UserForm.class,
            SecurityAttributes::userForm,
            SecurityAttributes::user)
        .add(
            "spring-security-failure",
            AuthenticationException.class,
            FailureForm.class,
            SecurityAttributes::failureForm,
            SecurityAttributes::failure);
    WebSecurityAttributes.declare(types);
  }

  private ContextForm contextForm(SecurityContext context) {
    Authentication authentication = context.getAuthentication();
    return new ContextForm(
        authentication == null ? null : types.get().encode("authentication", authentication));
  }

  private SecurityContext context(ContextForm form) {
    StoredAttribute stored = form.authentication();
    return stored == null
        ? new SecurityContextImpl()
        : new SecurityContextImpl((Authentication) types.get().decode(stored));
  }

  private TokenForm tokenForm(AbstractAuthenticationToken token, int keyHash) {
    Object principal = token.getPrincipal();
    if (principal == null) {
      throw new IllegalArgumentException("an authentication without a principal is not stored");
    }
    Object details = token.getDetails();
    String remoteAddress =
        details instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
    return new TokenForm(
        types.get().encode("principal", principal),
        authorityForms(token.getAuthorities()),
        token.isAuthenticated(),
        remoteAddress,
        keyHash);
  }

  private UsernamePasswordAuthenticationToken passwordToken(TokenForm form) {
    Object principal = types.get().decode(form.principal());
    return details(
        form,
        form.authenticated()
            ? UsernamePasswordAuthenticationToken.authenticated(
                principal, null, authorities(form.authorities()))
            : UsernamePasswordAuthenticationToken.unauthenticated(principal, null));
  }

  private RememberMeAuthenticationToken rememberMeToken(TokenForm form) {
    RememberMeAuthenticationToken token = new RememberMeAuthenticationToken(
        textOfHash(form.keyHash()),
        types.get().decode(form.principal()),
        authorities(form.authorities()));
    token.setAuthenticated(form.authenticated());
    return details(form, token);
  }

  /** Some text with a given hash code: the token takes its key as text and keeps the hash only. */
  private static String textOfHash(int hash) {
    char[] digits = new char[HASH_DIGITS];
    long rest = Integer.toUnsignedLong(hash);
    for (int i = HASH_DIGITS - 1; i >= 0; i--) {
      digits[i] = (char) (rest % HASH_BASE);
      rest /= HASH_BASE;
    }
    return new String(digits);
  }

  private static <T extends AbstractAuthenticationToken> T details(TokenForm form, T token) {
    String remoteAddress = form.remoteAddress();
    if (remoteAddress != null) {
      token.setDetails(new WebAuthenticationDetails(remoteAddress, null));
    }
    return token;
  }

  private static UserForm userForm(User user) {
    return new UserForm(
        user.getUsername(),
        authorityForms(user.getAuthorities()),
        user.isEnabled(),
        user.isAccountNonExpired(),
        user.isCredentialsNonExpired(),
        user.isAccountNonLocked());
  }

  private static User user(UserForm form) {
    User user = new User(
        form.name(),
        "",
        form.enabled(),
        form.accountNonExpired(),
        form.credentialsNonExpired(),
        form.accountNonLocked(),
        authorities(form.authorities()));
    user.eraseCredentials();
    return user;
  }

  private static List<AuthorityForm> authorityForms(
      Iterable<? extends GrantedAuthority> authorities) {
    List<AuthorityForm> forms = new ArrayList<>();
    for (GrantedAuthority authority : authorities) {
      if (authority instanceof SimpleGrantedAuthority simple) {
        forms.add(new AuthorityForm(simple.getAuthority(), null));
      } else if (authority instanceof FactorGrantedAuthority factor) {
        forms.add(new AuthorityForm(factor.getAuthority(), factor.getIssuedAt()));
      } else {
        throw new IllegalArgumentException("an authority is a "
            + authority.getClass().getName()
            + ", which is not stored: use SimpleGrantedAuthority, or declare the Authentication"
            + " with a form of its own by a SessionAttributeTypes bean");
      }
    }
    return forms;
  }

  private static List<GrantedAuthority> authorities(List<AuthorityForm> forms) {
    return forms.stream().map(SecurityAttributes::authority).toList();
  }

  private static GrantedAuthority authority(AuthorityForm form) {
    Instant issuedAt = form.issuedAt();
    return issuedAt == null
        ? new SimpleGrantedAuthority(form.authority())
        : FactorGrantedAuthority.withAuthority(form.authority())
            .issuedAt(issuedAt)
            .build();
  }

  private static FailureForm failureForm(AuthenticationException failure) {
    String kind = FAILURES.entrySet().stream()
        .filter(each -> each.getValue().apply("").getClass() == failure.getClass())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("bad-credentials");
    return new FailureForm(kind, failure.getMessage());
  }

  private static AuthenticationException failure(FailureForm form) {
    String message = form.message();
    return FAILURES
        .getOrDefault(form.kind(), BadCredentialsException::new)
        .apply(message == null ? "" : message);
  }
}
