package dev.larder.spring.annotation;

import dev.larder.spring.internal.Templates;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * The expressions of one annotation, parsed and checked at the start: a variable that is neither a
 * parameter nor allowed where it stands would silently be null.
 */
final class Expressions {

  static final String RESULT = "result";

  private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();
  private static final SpelExpressionParser PARSER = new SpelExpressionParser();

  private final Class<? extends Annotation> annotation;
  private final Method method;
  private final Set<String> parameters = new LinkedHashSet<>();

  Expressions(Class<? extends Annotation> annotation, Method method) {
    this.annotation = annotation;
    this.method = method;
    @Nullable String @Nullable [] names = NAMES.getParameterNames(method);
    for (int i = 0; i < method.getParameterCount(); i++) {
      String name = names == null ? null : names[i];
      if (name != null) {
        parameters.add(name);
      }
      parameters.add("p" + i);
      parameters.add("a" + i);
    }
  }

  /** An expression, or null for the empty text. */
  @Nullable Expression optional(String attribute, String text, String... more) {
    return text.isBlank() ? null : parse(attribute, text, more);
  }

  /**
   * An expression.
   *
   * @param attribute of the annotation, for the message
   * @param more variables besides the parameters
   */
  Expression parse(String attribute, String text, String... more) {
    try {
      Expression expression = PARSER.parseExpression(text);
      check(attribute, text, expression, more);
      return expression;
    } catch (ExpressionException fault) {
      throw wrong(attribute, text, fault);
    }
  }

  /** Texts with expressions in them. */
  List<Expression> templates(String attribute, String[] texts, String... more) {
    List<Expression> expressions = new ArrayList<>();
    for (String text : texts) {
      try {
        Expression expression = PARSER.parseExpression(text, new TemplateParserContext());
        check(attribute, text, expression, more);
        expressions.add(expression);
      } catch (ExpressionException fault) {
        throw wrong(attribute, text, fault);
      }
    }
    return expressions;
  }

  private RuntimeException wrong(String attribute, String text, ExpressionException fault) {
    return Fault.of(
        annotation,
        method,
        attribute + " \"" + text + "\" is no expression (" + fault.getSimpleMessage() + ")",
        "write it in Spring's expression language, such as #" + example(),
        fault);
  }

  private String example() {
    return parameters.stream().findFirst().orElse(RESULT);
  }

  private void check(String attribute, String text, Expression expression, String... more) {
    for (String name : Templates.variables(expression)) {
      if (!parameters.contains(name)
          && !List.of(more).contains(name)
          && !name.equals("root")
          && !name.equals("this")) {
        Set<String> known = new LinkedHashSet<>(parameters);
        known.addAll(List.of(more));
        throw Fault.of(
            annotation,
            method,
            attribute + " \"" + text + "\" names #" + name + ", which is not there",
            known.isEmpty()
                ? "the method has no parameters"
                : "there are "
                    + known.stream().map(each -> "#" + each).collect(Collectors.joining(", ")));
      }
    }
  }

  /** Whether an expression reads a variable. */
  static boolean uses(Expression expression, String variable) {
    return Templates.variables(expression).contains(variable);
  }

  /** What expressions see of a call. */
  static MethodBasedEvaluationContext context(
      @Nullable Object target, Method method, @Nullable Object[] arguments) {
    return new MethodBasedEvaluationContext(
        target == null ? Expressions.class : target, method, arguments, NAMES);
  }
}
