package dev.larder.spring.graphql;

import graphql.TrivialDataFetcher;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which responses may be stored, told from the document alone: all fields count, those too that a
 * variable leaves out. The last documents are remembered. Safe for many threads.
 */
final class ResponsePlans {

  private static final int MOST = 1_000;
  private static final int LONGEST_DOCUMENT = 64 * 1024;

  /** Fragments that spread each other can make a short document endless. */
  private static final int MOST_FIELDS = 10_000;

  /**
   * One operation that may be stored.
   *
   * @param document in a form that layout and comments do not change
   * @param operation its name; empty if it has none
   * @param variables names of those it declares
   * @param hint what all of its fields allow
   */
  record Plan(String document, String operation, List<String> variables, ResponseHint hint) {}

  private record Asked(String document, @Nullable String operation) {}

  private final GraphQLSchema schema;
  private final Map<FieldCoordinates, ResponseHint> hints;
  private final Map<Asked, Optional<Plan>> plans =
      Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Optional<Plan>> eldest) {
          return size() > MOST;
        }
      });

  ResponsePlans(GraphQLSchema schema, Map<FieldCoordinates, ResponseHint> hints) {
    this.schema = schema;
    this.hints = hints;
  }

  /** How to store the response to a request; null if it must not be. */
  @Nullable Plan of(String document, @Nullable String operation) {
    if (document.length() > LONGEST_DOCUMENT) {
      return null;
    }
    String name = operation == null || operation.isEmpty() ? null : operation;
    Asked asked = new Asked(document, name);
    Optional<Plan> known = plans.get(asked);
    if (known == null) {
      known = Optional.ofNullable(make(document, name));
      plans.put(asked, known);
    }
    return known.orElse(null);
  }

  private @Nullable Plan make(String text, @Nullable String name) {
    Document document;
    try {
      document = Parser.parse(text);
    } catch (InvalidSyntaxException notForUs) {
      return null;
    }
    List<OperationDefinition> operations =
        document.getDefinitionsOfType(OperationDefinition.class).stream()
            .filter(each -> name == null || name.equals(each.getName()))
            .toList();
    if (operations.size() != 1
        || operations.get(0).getOperation() != OperationDefinition.Operation.QUERY) {
      return null;
    }
    OperationDefinition operation = operations.get(0);
    Walk walk = new Walk(document);
    walk.over(operation.getSelectionSet(), schema.getQueryType());
    ResponseHint hint = walk.hint;
    if (walk.isRefused || hint == null) {
      return null;
    }
    return new Plan(
        AstPrinter.printAstCompact(document),
        name == null ? "" : name,
        operation.getVariableDefinitions().stream()
            .map(VariableDefinition::getName)
            .sorted()
            .toList(),
        hint);
  }

  /** Goes over all fields of one operation. */
  private final class Walk {

    private final Document document;
    private final Set<String> inside = new HashSet<>();
    private int fields;

    @Nullable ResponseHint hint;

    boolean isRefused;

    Walk(Document document) {
      this.document = document;
    }

    void over(SelectionSet selections, @Nullable GraphQLType type) {
      for (Selection<?> selection : selections.getSelections()) {
        isRefused |= ++fields > MOST_FIELDS;
        if (isRefused) {
          return;
        }
        if (selection instanceof Field field) {
          field(field, type);
        } else if (selection instanceof InlineFragment fragment) {
          fragment(fragment.getTypeCondition(), fragment.getSelectionSet(), type);
        } else if (selection instanceof FragmentSpread spread) {
          FragmentDefinition definition =
              document.getDefinitionsOfType(FragmentDefinition.class).stream()
                  .filter(each -> Objects.equals(each.getName(), spread.getName()))
                  .findFirst()
                  .orElse(null);
          if (definition == null || !inside.add(spread.getName())) {
            isRefused = true;
            return;
          }
          fragment(definition.getTypeCondition(), definition.getSelectionSet(), type);
          inside.remove(spread.getName());
        }
      }
    }

    private void fragment(
        @Nullable TypeName condition, SelectionSet selections, @Nullable GraphQLType type) {
      over(selections, condition == null ? type : schema.getType(condition.getName()));
    }

    private void field(Field field, @Nullable GraphQLType type) {
      if (field.getName().equals("__typename")) {
        return;
      }
      if (!(type instanceof GraphQLFieldsContainer container)) {
        isRefused = true;
        return;
      }
      GraphQLFieldDefinition definition = container.getFieldDefinition(field.getName());
      if (definition == null) {
        isRefused = true;
        return;
      }
      if (container instanceof GraphQLInterfaceType many) {
        schema.getImplementations(many).forEach(each -> fetched(each, field.getName()));
      } else {
        fetched((GraphQLObjectType) container, field.getName());
      }
      if (field.getSelectionSet() != null) {
        over(field.getSelectionSet(), GraphQLTypeUtil.unwrapAll(definition.getType()));
      }
    }

    private void fetched(GraphQLObjectType type, String name) {
      FieldCoordinates at = FieldCoordinates.coordinates(type.getName(), name);
      ResponseHint own = hints.get(at);
      if (own != null) {
        hint = hint == null ? own : hint.and(own);
      } else if (!(schema.getCodeRegistry().getDataFetcher(at, type.getFieldDefinition(name))
          instanceof TrivialDataFetcher<?>)) {
        isRefused = true;
      }
    }
  }
}
