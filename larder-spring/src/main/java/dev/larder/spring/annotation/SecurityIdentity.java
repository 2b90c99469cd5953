package dev.larder.spring.annotation;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The user's name as Spring Security has it. */
final class SecurityIdentity implements CallerIdentity {

  @Override
  public @Nullable Object user() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who == null || who instanceof AnonymousAuthenticationToken ? null : who.getName();
  }

  @Override
  public Object tenant() {
    throw new IllegalStateException(
        "a cache of scope TENANT needs a bean of type " + CallerIdentity.class.getName());
  }
}
