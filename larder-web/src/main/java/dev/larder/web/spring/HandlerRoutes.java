package dev.larder.web.spring;

import dev.larder.web.MatchedRoute;
import dev.larder.web.ResponseRule;
import dev.larder.web.RouteMatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Asks the handler mappings which handler a request reaches, as the dispatcher will. */
final class HandlerRoutes implements RouteMatcher {

  private volatile List<HandlerMapping> mappings = List.of();
  private volatile Map<Method, ResponseRule> rules = Map.of();

  /** Sets what is known once all handlers are. */
  void set(List<HandlerMapping> inOrder, Map<Method, ResponseRule> byHandler) {
    mappings = List.copyOf(inOrder);
    rules = Map.copyOf(byHandler);
  }

  @Override
  public @Nullable MatchedRoute match(HttpServletRequest request) {
    if (rules.isEmpty()) {
      return null;
    }
    OwnAttributes asked = new OwnAttributes(request);
    ServletRequestPathUtils.parseAndCache(asked);
    HandlerMethod handler = handler(asked);
    ResponseRule rule = handler == null ? null : rules.get(handler.getMethod());
    if (handler == null || rule == null) {
      return null;
    }
    String pattern =
        String.valueOf(asked.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    Map<String, String> variables = new TreeMap<>();
    if (asked.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> all) {
      all.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
    }
    if (Patterns.hasWildcard(pattern)) {
      variables.put("*", request.getRequestURI());
    }
    return new MatchedRoute(rule, name(handler.getMethod()) + " " + pattern, variables);
  }

  private static String name(Method method) {
    StringJoiner parameters = new StringJoiner(
        ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")");
    for (Class<?> type : method.getParameterTypes()) {
      parameters.add(type.getSimpleName());
    }
    return parameters.toString();
  }

  private @Nullable HandlerMethod handler(HttpServletRequest request) {
    for (HandlerMapping mapping : mappings) {
      try {
        HandlerExecutionChain chain = mapping.getHandler(request);
        if (chain != null) {
          return chain.getHandler() instanceof HandlerMethod method ? method : null;
        }
      } catch (Exception refused) {
        // The dispatcher will meet the same and answer it: wrong method, wrong type.
        return null;
      }
    }
    return null;
  }

  /** Keeps what mappings note on a request away from those who handle it. */
  private static final class OwnAttributes extends HttpServletRequestWrapper {

    private final Map<String, @Nullable Object> own = new HashMap<>();

    OwnAttributes(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return own.containsKey(name) ? own.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
      own.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
      own.put(name, null);
    }
  }
}
