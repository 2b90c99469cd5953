package dev.larder.web.spring;

import dev.larder.web.FillGuard;
import dev.larder.web.InputRecord;
import jakarta.servlet.http.HttpSession;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * Thymeleaf looks for the session of each page before it knows whether the template asks for it. It is
 * given one that notes when it does; also where there is none, which is an answer too.
 */
final class ThymeleafGuard implements FillGuard {

  private static final String LOOKER = "org.thymeleaf.web.servlet.JakartaServletWebSession";
  private static final int DEPTH = 8;

  @Override
  public @Nullable HttpSession session(@Nullable HttpSession session, InputRecord inputs) {
    boolean isThymeleaf = StackWalker.getInstance()
        .walk(frames -> frames.limit(DEPTH).map(StackFrame::getClassName).anyMatch(LOOKER::equals));
    return isThymeleaf ? noting(session, inputs) : null;
  }

  private static HttpSession noting(@Nullable HttpSession session, InputRecord inputs) {
    return (HttpSession) Proxy.newProxyInstance(
        ThymeleafGuard.class.getClassLoader(),
        new Class<?>[] {HttpSession.class},
        (proxy, method, arguments) -> {
          inputs.read("session");
          if (session == null) {
            return ofNone(method);
          }
          try {
            return method.invoke(session, arguments);
          } catch (InvocationTargetException failure) {
            throw failure.getCause();
          }
        });
  }

  private static @Nullable Object ofNone(Method method) {
    if (method.getName().equals("getAttributeNames")) {
      return Collections.emptyEnumeration();
    }
    if (method.getReturnType().isPrimitive() && method.getReturnType() != void.class) {
      throw new IllegalStateException("there is no session");
    }
    return null;
  }
}
