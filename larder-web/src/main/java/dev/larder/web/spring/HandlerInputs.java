package dev.larder.web.spring;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.context.request.WebRequest;

/** What a handler's parameters say of its inputs. */
final class HandlerInputs {

  private static final Set<String> OF_SECURITY =
      Set.of("AuthenticationPrincipal", "CurrentSecurityContext");

  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final Map<String, Class<?>> numbers = new LinkedHashMap<>();
  private final Set<String> parameters = new LinkedHashSet<>();
  private boolean takesAllParameters;
  private boolean mayKnowUser;

  static HandlerInputs of(Method method) {
    HandlerInputs inputs = new HandlerInputs();
    for (int i = 0; i < method.getParameterCount(); i++) {
      MethodParameter parameter = new SynthesizingMethodParameter(method, i);
      parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
      inputs.add(parameter);
    }
    return inputs;
  }

  private void add(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    String own = String.valueOf(parameter.getParameterName());
    PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
    if (variable != null) {
      String name = variable.name().isEmpty() ? own : variable.name();
      note(name, type);
      if (!variable.name().isEmpty()) {
        aliases.put(own, name);
      }
    }
    RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
    if (query != null) {
      String name = query.name().isEmpty() ? own : query.name();
      if (Map.class.isAssignableFrom(type) && query.name().isEmpty()) {
        takesAllParameters = true;
      } else {
        parameters.add(name);
        aliases.put(own, name);
        note(name, type);
        if (!query.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
          defaults.put(name, query.defaultValue());
        }
      }
    }
    mayKnowUser |= Principal.class.isAssignableFrom(type)
        || WebRequest.class.isAssignableFrom(type)
        || jakarta.servlet.ServletRequest.class.isAssignableFrom(type);
    for (Annotation annotation : parameter.getParameterAnnotations()) {
      mayKnowUser |= OF_SECURITY.contains(annotation.annotationType().getSimpleName());
    }
  }

  private void note(String name, Class<?> type) {
    Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
    if (Number.class.isAssignableFrom(boxed)) {
      numbers.put(name, boxed);
    }
  }

  /**
   * What the handler is given for a text, where that is a number: so that {@code #page < 3} compares
   * numbers, and {@code /albums/007} has the tag of album 7.
   */
  Object value(String name, String text) {
    Class<?> type = numbers.get(name);
    if (type == null) {
      return text;
    }
    try {
      Object number = DefaultConversionService.getSharedInstance().convert(text, type);
      return number == null ? text : number;
    } catch (ConversionException notOne) {
      // The handler will not be called with it.
      return text;
    }
  }

  /** The name of the request's variable or parameter, by the name of the handler's parameter. */
  Map<String, String> aliases() {
    return aliases;
  }

  /** Values of absent query parameters. */
  Map<String, String> defaults() {
    return defaults;
  }

  /** The query parameters that it takes by name. */
  Set<String> parameters() {
    return parameters;
  }

  boolean takesAllParameters() {
    return takesAllParameters;
  }

  /** Whether one of its parameters can tell who asks. */
  boolean mayKnowUser() {
    return mayKnowUser;
  }
}
