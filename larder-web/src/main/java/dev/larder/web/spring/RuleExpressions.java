package dev.larder.web.spring;

import dev.larder.web.RuleRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * The expressions of one declaration. They see what is in the key and nothing else: no beans, no types.
 * Safe for many threads.
 */
final class RuleExpressions {

  private static final SpelExpressionParser PARSER = new SpelExpressionParser();

  private final HandlerInputs inputs;
  private final Set<String> known;
  private final List<String> faults;

  /**
   * Begins.
   *
   * @param known names of path variables and query parameters
   * @param faults takes what is wrong, a sentence each
   */
  RuleExpressions(HandlerInputs inputs, Set<String> known, List<String> faults) {
    this.inputs = inputs;
    this.known = known;
    this.faults = faults;
  }

  /** A text with expressions in it. */
  Expression template(String attribute, String text) {
    return parsed(attribute, text, ParserContext.TEMPLATE_EXPRESSION);
  }

  /** One expression. */
  Expression condition(String text) {
    return parsed("condition", text, null);
  }

  private Expression parsed(
      String attribute, String text, @org.jspecify.annotations.Nullable ParserContext context) {
    try {
      Expression expression =
          context == null ? PARSER.parseExpression(text) : PARSER.parseExpression(text, context);
      check(attribute, text, expression);
      return expression;
    } catch (ParseException | IllegalStateException wrong) {
      faults.add(attribute + ": \"" + text + "\" is not an expression: " + wrong.getMessage());
      return PARSER.parseExpression("''");
    }
  }

  private void check(String attribute, String text, Expression expression) {
    if (expression instanceof CompositeStringExpression parts) {
      for (Expression part : parts.getExpressions()) {
        check(attribute, text, part);
      }
    } else if (expression instanceof SpelExpression spel) {
      List<String> names = new ArrayList<>();
      collect(spel.getAST(), names);
      for (String name : names) {
        if (!known.contains(name)) {
          faults.add(attribute + ": \"" + text + "\" uses #" + name
              + ", which is no path variable, query parameter in the key or parameter of the handler"
              + " that stands for one; there are " + known);
        }
      }
    }
  }

  private static void collect(SpelNode node, List<String> names) {
    if (node instanceof VariableReference) {
      String name = node.toStringAST().substring(1);
      if (!name.equals("root") && !name.equals("this")) {
        names.add(name);
      }
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      collect(node.getChild(i), names);
    }
  }

  /** The values of a request's variables. */
  SimpleEvaluationContext context(RuleRequest request) {
    SimpleEvaluationContext context =
        SimpleEvaluationContext.forReadOnlyDataBinding().withInstanceMethods().build();
    inputs.defaults().forEach((name, text) -> context.setVariable(name, inputs.value(name, text)));
    request
        .variables()
        .forEach((name, text) -> context.setVariable(name, inputs.value(name, text)));
    request
        .query()
        .forEach((name, values) -> context.setVariable(
            name, values.size() == 1 ? inputs.value(name, values.get(0)) : values));
    inputs.aliases().forEach((own, name) -> context.setVariable(own, context.lookupVariable(name)));
    if (!request.user().isEmpty()) {
      context.setVariable("user", request.user());
    }
    return context;
  }
}
