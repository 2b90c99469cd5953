package dev.larder.spring.graphql;

import dev.larder.spring.internal.Templates;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.Expression;
import org.springframework.expression.ExpressionException;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * The tags that a field gives, as templates over its arguments by name, {@code #source} and {@code
 * #result}. Parsed and checked when the schema is built: a variable that is not there would silently be
 * null.
 */
final class FieldTags {

  private static final SpelExpressionParser PARSER = new SpelExpressionParser();

  private final List<Expression> templates;

  private FieldTags(List<Expression> templates) {
    this.templates = templates;
  }

  static FieldTags of(
      String directive,
      FieldCoordinates coordinates,
      GraphQLFieldDefinition field,
      Collection<String> texts) {
    Set<String> known = field.getArguments().stream()
        .map(GraphQLArgument::getName)
        .collect(Collectors.toCollection(LinkedHashSet::new));
    known.add("source");
    known.add("result");
    List<Expression> templates = new ArrayList<>();
    for (String text : texts) {
      Expression expression;
      try {
        expression = PARSER.parseExpression(text, new TemplateParserContext());
      } catch (ExpressionException fault) {
        throw FieldFault.of(
            directive,
            coordinates,
            "tag \"" + text + "\" is no template: " + fault.getSimpleMessage(),
            "write it such as \"album:#{#" + known.iterator().next() + "}\"",
            fault);
      }
      Set<String> used = Templates.variables(expression);
      used.removeAll(known);
      if (!used.isEmpty()) {
        throw FieldFault.of(
            directive,
            coordinates,
            "tag \"" + text + "\" names #" + used.iterator().next() + ", which is not there",
            "there are "
                + known.stream().map(each -> "#" + each).collect(Collectors.joining(", ")));
      }
      templates.add(expression);
    }
    return new FieldTags(templates);
  }

  boolean isEmpty() {
    return templates.isEmpty();
  }

  /** The tags of what a field fetched. A template that is one expression may give a collection. */
  Set<String> of(DataFetchingEnvironment environment, @Nullable Object result) {
    StandardEvaluationContext context = new StandardEvaluationContext();
    for (GraphQLArgument argument : environment.getFieldDefinition().getArguments()) {
      context.setVariable(argument.getName(), environment.getArgument(argument.getName()));
    }
    context.setVariable("source", environment.getSource());
    context.setVariable("result", result);
    return Templates.texts(templates, context);
  }
}
