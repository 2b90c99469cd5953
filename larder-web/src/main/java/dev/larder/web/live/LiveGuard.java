package dev.larder.web.live;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Who may hear of what. A tag's name and the times at which it is invalidated tell something, so nothing
 * is heard that is not allowed here.
 */
@FunctionalInterface
public interface LiveGuard {

  /**
   * The tags that a request's user means and may hear of by a name; empty if it may not. Where pages ask
   * by tag, that is {@code isAllowed ? Set.of(name) : Set.of()}; a name may also stand for many tags, as
   * {@code feed} for all that a user's feed is made of. Pages only hear the name.
   *
   * <p>Asked once for each name, when a stream is opened, on the request's thread.
   */
  Set<String> tags(HttpServletRequest request, String name);
}
