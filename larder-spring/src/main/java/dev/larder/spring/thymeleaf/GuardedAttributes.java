package dev.larder.spring.thymeleaf;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The current request as beans find it that a fragment calls. What such a bean registers for the end of
 * the request or keeps in the session goes to the request itself.
 */
final class GuardedAttributes extends ServletRequestAttributes {

  private final ServletRequestAttributes below;
  private final FragmentInputs inputs;

  private GuardedAttributes(ServletRequestAttributes below, FragmentInputs inputs) {
    super(new GuardedRequest(below.getRequest(), inputs), below.getResponse());
    this.below = below;
    this.inputs = inputs;
  }

  /** Puts it in the place of the current request, if there is one; the result takes it away. */
  static Runnable install(FragmentInputs inputs) {
    if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes below) {
      RequestContextHolder.setRequestAttributes(new GuardedAttributes(below, inputs));
      return () -> RequestContextHolder.setRequestAttributes(below);
    }
    return () -> {};
  }

  @Override
  public @Nullable Object getAttribute(String name, int scope) {
    noteSession(scope);
    return OneVisitors.noted(below.getAttribute(name, scope), name, inputs);
  }

  @Override
  public void setAttribute(String name, Object value, int scope) {
    noteSession(scope);
    below.setAttribute(name, value, scope);
  }

  @Override
  public void removeAttribute(String name, int scope) {
    noteSession(scope);
    below.removeAttribute(name, scope);
  }

  @Override
  public void registerDestructionCallback(String name, Runnable callback, int scope) {
    below.registerDestructionCallback(name, callback, scope);
  }

  @Override
  public String getSessionId() {
    noteSession(SCOPE_SESSION);
    return below.getSessionId();
  }

  private void noteSession(int scope) {
    if (scope == SCOPE_SESSION) {
      inputs.read("session");
    }
  }
}
