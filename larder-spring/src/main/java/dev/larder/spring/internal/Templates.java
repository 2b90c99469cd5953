package dev.larder.spring.internal;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/** Texts with Spring's expressions in them. */
public final class Templates {

  private Templates() {}

  /** The names of the variables that an expression, or a template, reads. */
  public static Set<String> variables(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    variables(expression, names);
    return names;
  }

  private static void variables(Expression expression, Set<String> into) {
    if (expression instanceof SpelExpression spel) {
      variables(spel.getAST(), into);
    } else if (expression instanceof CompositeStringExpression parts) {
      for (Expression part : parts.getExpressions()) {
        variables(part, into);
      }
    }
  }

  private static void variables(SpelNode node, Set<String> into) {
    if (node instanceof VariableReference variable) {
      into.add(variable.toStringAST().substring(1));
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      variables(node.getChild(i), into);
    }
  }

  /** What templates come to. One that is a single expression may give a collection. */
  public static Set<String> texts(List<Expression> templates, EvaluationContext context) {
    Set<String> texts = new LinkedHashSet<>();
    for (Expression template : templates) {
      Object value =
          template instanceof LiteralExpression ? template.getValue() : template.getValue(context);
      if (value instanceof Collection<?> many) {
        many.forEach(each -> texts.add(String.valueOf(each)));
      } else {
        texts.add(String.valueOf(value));
      }
    }
    return texts;
  }
}
