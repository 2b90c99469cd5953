package dev.larder.showcase.algoitny.graphql;

import dev.larder.CacheScope;
import dev.larder.Loading;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.spring.annotation.CallerIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Tells Larder who is asking, for what is cached for one user. A load of a value for everybody that asks
 * it is noticed, and the value is stored nowhere.
 */
@Component
final class LoggedIn implements CallerIdentity {
  private final LoginCookie cookie;

  LoggedIn(LoginCookie cookie) {
    this.cookie = cookie;
  }

  @Override
  public @Nullable Integer user() {
    Loading.readIdentity("the log-in", CacheScope.USER);
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
      long id = cookie.viewer(current.getRequest()).id();
      return id > 0 && id <= Integer.MAX_VALUE ? (int) id : null;
    }
    return null;
  }

  @Override
  public Object tenant() {
    throw new IllegalStateException("AlgoItny has no tenants");
  }
}
