package dev.larder.spring.thymeleaf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.context.ExpressionContext;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.exceptions.TemplateProcessingException;
import org.thymeleaf.standard.expression.ExpressionSequenceUtils;
import org.thymeleaf.standard.expression.IStandardExpression;

/** Thymeleaf's expressions in the attributes of a fragment: several, parted by commas. */
final class FragmentExpressions {

  private FragmentExpressions() {}

  /** What the expressions come to, in their order; empty for the empty text. */
  static List<@Nullable Object> values(
      String attribute, String text, FragmentDeclaration declared, IExpressionContext context) {
    List<@Nullable Object> values = new ArrayList<>();
    if (text.isBlank()) {
      return values;
    }
    try {
      for (IStandardExpression each :
          ExpressionSequenceUtils.parseExpressionSequence(context, text)) {
        values.add(each.execute(context));
      }
      return values;
    } catch (TemplateProcessingException wrong) {
      throw wrong(attribute, text, declared, wrong);
    }
  }

  /** Checks what can be checked before there is a page. */
  static void check(FragmentDeclaration declared, IEngineConfiguration configuration) {
    check("larder:key", declared.key(), declared, configuration);
    check("larder:tags", declared.tags(), declared, configuration);
  }

  private static void check(
      String attribute,
      String text,
      FragmentDeclaration declared,
      IEngineConfiguration configuration) {
    if (text.isBlank() || text.contains("__")) {
      return;
    }
    try {
      ExpressionSequenceUtils.parseExpressionSequence(new ExpressionContext(configuration), text);
    } catch (TemplateProcessingException wrong) {
      throw FragmentDeclaration.fault(
          declared.place(),
          attribute + " \"" + text + "\" is no expression (" + wrong.getMessage() + ")",
          "write Thymeleaf's expressions, parted by commas, such as ${club.id} or |club:${club.id}|");
    }
  }

  private static TemplateProcessingException wrong(
      String attribute,
      String text,
      FragmentDeclaration declared,
      TemplateProcessingException cause) {
    return new TemplateProcessingException(
        attribute + " \"" + text + "\": " + cause.getMessage(),
        declared.place().template(),
        declared.place().line(),
        1,
        cause);
  }
}
