package dev.larder.spring.thymeleaf;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Who is asking, as a fragment for roles may know it: everything but the roles is noted. Loaded only
 * with Spring Security on the class path.
 */
final class RolesOnly implements Authentication {

  private static final long serialVersionUID = 1L;

  private final transient Authentication who;
  private final transient FragmentInputs inputs;

  private RolesOnly(Authentication who, FragmentInputs inputs) {
    this.who = who;
    this.inputs = inputs;
  }

  /** The roles in a stable form, after how the login came about. */
  static String of() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || who instanceof AnonymousAuthenticationToken || !who.isAuthenticated()) {
      return "anonymous";
    }
    return (who instanceof RememberMeAuthenticationToken ? "remembered " : "")
        + who.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(","));
  }

  static Runnable install(FragmentInputs inputs) {
    SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    Authentication who = holder.getContext().getAuthentication();
    if (who == null || who instanceof AnonymousAuthenticationToken) {
      // The same for all who are not logged in, and known by its class.
      return () -> {};
    }
    if (who instanceof RememberMeAuthenticationToken) {
      // Known by its class too, and one user's.
      inputs.read("a remembered login");
      return () -> {};
    }
    Supplier<SecurityContext> before = holder.getDeferredContext();
    SecurityContext guarded = holder.createEmptyContext();
    guarded.setAuthentication(new RolesOnly(who, inputs));
    holder.setContext(guarded);
    return () -> holder.setDeferredContext(before);
  }

  @Override
  public Collection<? extends GrantedAuthority> getAuthorities() {
    return who.getAuthorities();
  }

  @Override
  public boolean isAuthenticated() {
    return who.isAuthenticated();
  }

  @Override
  public @Nullable Object getCredentials() {
    inputs.read("credentials");
    return who.getCredentials();
  }

  @Override
  public @Nullable Object getDetails() {
    inputs.read("details of the login");
    return who.getDetails();
  }

  @Override
  public @Nullable Object getPrincipal() {
    if (!isOnlyLookedFor()) {
      inputs.read("user");
    }
    return who.getPrincipal();
  }

  /** The dialect of sec:authorize looks whether there is a principal, and goes on with the roles. */
  private static boolean isOnlyLookedFor() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .skip(2)
            .findFirst()
            .filter(caller -> caller.getMethodName().equals("getAuthenticationObject")
                && caller.getClassName().startsWith("org.thymeleaf.extras.springsecurity"))
            .isPresent());
  }

  @Override
  public String getName() {

    inputs.read("user");
    return who.getName();
  }

  @Override
  public void setAuthenticated(boolean isAuthenticated) {
    who.setAuthenticated(isAuthenticated);
  }
}
