package dev.larder.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The boundaries between the modules, over the main classes of all of them.
 *
 * <p>The last tests hold the rules against classes that break them: a rule that cannot fail guards
 * nothing.
 */
class ArchitectureTest {

  private static final JavaClasses MAIN = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.larder");

  /** Libraries that core is built with; callers of core must not meet them. */
  private static final String[] INSIDE_CORE = {
    "com.github.benmanes.caffeine..", "io.github.resilience4j..", "com.github.luben.zstd.."
  };

  private static final Set<String> DEFAULT_TYPING =
      Set.of("activateDefaultTyping", "activateDefaultTypingAsProperty", "enableDefaultTyping");

  @ParameterizedTest
  @EnumSource
  void everyModule_isSeenByTheRules(Module module) {
    assertThat(MAIN.that(module.classes())).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void modules_useOnlyWhatStandsBelowThem(Module module) {
    for (Module other : module.forbidden()) {
      noClasses()
          .that(module.classes())
          .should()
          .dependOnClassesThat(other.classes())
          .because("arrows point to core only")
          .check(MAIN);
    }
  }

  @Test
  void core_needsNoDriverNoFrameworkNoJson() {
    classes()
        .that(Module.CORE.classes())
        .should()
        .onlyDependOnClassesThat(Module.CORE
            .classes()
            .or(resideInAnyPackage(INSIDE_CORE))
            .or(resideInAnyPackage("java..", "javax..", "org.slf4j..", "org.jspecify..")))
        .check(MAIN);
  }

  @Test
  void core_showsNoLibraryInPublicSignatures() {
    classes()
        .that(Module.CORE.classes())
        .and()
        .arePublic()
        .and()
        .resideOutsideOfPackage("..internal..")
        .should(notShow(resideInAnyPackage(INSIDE_CORE)))
        .check(MAIN);
  }

  @Test
  void corePackages_haveNoCycles() {
    SlicesRuleDefinition.slices()
        .assignedFrom(packagesBelowTheRoot())
        .should()
        .beFreeOfCycles()
        .check(MAIN);
  }

  @Test
  void internalPackages_areUsedByTheirOwnModuleAlone() {
    classes().should(notUseInternalsOfOtherModules()).check(MAIN);
  }

  @Test
  void storedBytes_areNeverReadByJavaSerialization() {
    neverDeserialize().check(MAIN);
  }

  @Test
  void json_isNeverBoundToATypeThatTheBytesName() {
    neverTypeByBytes().check(MAIN);
  }

  @Test
  void rules_failOnClassesThatBreakThem() {
    JavaClasses broken = new ClassFileImporter()
        .importClasses(ShowsCaffeine.class, Deserializes.class, TypesByBytes.class);

    assertThatThrownBy(() -> classes()
            .that(type(ShowsCaffeine.class))
            .should(notShow(resideInAnyPackage(INSIDE_CORE)))
            .check(broken))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("result", "argument", "typeArgument", "field")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> neverDeserialize().check(broken)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> neverTypeByBytes().check(broken)).isInstanceOf(AssertionError.class);
  }

  private static ArchRule neverDeserialize() {
    return noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);
  }

  private static ArchRule neverTypeByBytes() {
    return noClasses()
        .should()
        .accessTargetWhere(DescribedPredicate.describe(
            "default typing is turned on",
            (JavaAccess<?> access) -> DEFAULT_TYPING.contains(access.getTarget().getName())));
  }

  /**
   * Each package of core below {@code dev.larder} is a slice. The root is left out: it is the face,
   * which is built from the packages below and gives them their words.
   */
  private static SliceAssignment packagesBelowTheRoot() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return Module.CORE.classes().test(javaClass)
                && !javaClass.getPackageName().equals("dev.larder")
            ? SliceIdentifier.of(javaClass.getPackageName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of larder-core below the root";
      }
    };
  }

  /** Holds what a caller of the class can name: supertypes, and the types of its public and protected members. */
  private static ArchCondition<JavaClass> notShow(DescribedPredicate<JavaClass> libraries) {
    return new ArchCondition<>("not show " + libraries.getDescription()) {
      @Override
      public void check(JavaClass shown, ConditionEvents events) {
        shown
            .getSuperclass()
            .ifPresent(above -> report(shown, "supertype", above.getAllInvolvedRawTypes(), events));
        shown
            .getInterfaces()
            .forEach(above -> report(shown, "supertype", above.getAllInvolvedRawTypes(), events));
        shown.getMembers().stream()
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED))
            .forEach(member ->
                report(shown, member.getFullName(), member.getAllInvolvedRawTypes(), events));
      }

      private void report(
          JavaClass shown, String where, Set<JavaClass> types, ConditionEvents events) {
        types.stream()
            .filter(libraries)
            .forEach(found -> events.add(SimpleConditionEvent.violated(
                shown, shown.getName() + " shows " + found.getName() + " by " + where)));
      }
    };
  }

  private static ArchCondition<JavaClass> notUseInternalsOfOtherModules() {
    return new ArchCondition<>("not use the internal packages of other modules") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        user.getDirectDependenciesFromSelf().stream()
            .filter(
                dependency -> dependency.getTargetClass().getPackageName().contains(".internal"))
            .filter(dependency -> Module.of(dependency.getTargetClass()).isPresent())
            .filter(dependency -> !Module.of(dependency.getTargetClass()).equals(Module.of(user)))
            .forEach(dependency ->
                events.add(SimpleConditionEvent.violated(user, dependency.getDescription())));
      }
    };
  }

  /** Shows a library in every way that the rule has to see. */
  @SuppressWarnings("unused")
  public static class ShowsCaffeine {
    protected Caffeine<Object, Object> field = Caffeine.newBuilder();
    Caffeine<Object, Object> hidden = field;

    public Cache<Object, Object> result() {
      return field.build();
    }

    public void argument(Cache<Object, Object> cache) {
      cache.cleanUp();
    }

    public void typeArgument(List<Function<String, Cache<Object, Object>>> caches) {
      caches.clear();
    }
  }

  static class Deserializes {
    Object read(ObjectInputStream in) throws Exception {
      return in.readObject();
    }
  }

  static class TypesByBytes {
    Runnable on() {
      return this::activateDefaultTyping;
    }

    private void activateDefaultTyping() {}
  }
}
