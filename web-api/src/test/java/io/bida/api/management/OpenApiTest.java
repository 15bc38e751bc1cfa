package io.bida.api.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bida.cluster.LossVerdict;
import io.bida.cluster.NodeState;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description says what the resources do: same addresses, same members, same types. */
class OpenApiTest {

    private final JsonObject description =
            Json.createReader(new ByteArrayInputStream(OpenApiResource.read())).readObject();

    @Test
    void everyOperationIsDescribedAndNoOther() {
        TreeSet<String> described = new TreeSet<>();
        description
                .getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject()
                        .keySet()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(described).isNotEmpty().isEqualTo(new TreeSet<>(operationsOfTheResources()));
    }

    private static List<String> operationsOfTheResources() {
        List<String> found = new ArrayList<>();
        for (JavaClass known : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ClusterResource.class.getPackageName())) {
            Class<?> type = known.reflect();
            @Nullable Path root = type.getAnnotation(Path.class);
            if (root != null) {
                Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> operation(root.value(), method).stream())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static Optional<String> operation(String root, Method method) {
        @Nullable Path below = method.getAnnotation(Path.class);
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                .map(verb -> verb.value() + " " + root + (below == null ? "" : "/" + below.value()))
                .findFirst();
    }

    @Test
    void answersHaveTheMembersThatAreDescribedAndNoOthers() {
        List<String> differences = new ArrayList<>();

        compare("Cluster", ClusterJson.of(Reports.ofThreeWithOneGone()), schema("Cluster"), differences);

        assertThat(differences).isEmpty();
    }

    @Test
    void comparisonWouldNoticeADifference() {
        JsonObject wrong = Json.createObjectBuilder()
                .add("name", 1)
                .add("state", "NEW")
                .add("more", true)
                .build();
        List<String> differences = new ArrayList<>();

        compare("Node", wrong, schema("Node"), differences);

        assertThat(differences)
                .containsExactlyInAnyOrder(
                        "Node lacks detail",
                        "Node.name is no string",
                        "Node.state has a value that is not described: NEW",
                        "Node.more is not described");
    }

    @Test
    void everyValueOfTheEnumerationsIsDescribed() {
        assertThat(values("Node", "state"))
                .containsExactlyElementsOf(
                        Stream.of(NodeState.values()).map(Enum::name).toList());
        assertThat(values("Cluster", "reasonCode"))
                .containsExactlyElementsOf(
                        Stream.of(LossVerdict.Reason.values()).map(Enum::name).toList());
    }

    @Test
    void getIsAllThereIsSoFar() {
        assertThat(operationsOfTheResources()).allMatch(operation -> operation.startsWith(GET.class.getSimpleName()));
    }

    private List<String> values(String schema, String member) {
        return schema(schema)
                .getJsonObject("properties")
                .getJsonObject(member)
                .getJsonArray("enum")
                .getValuesAs(JsonString::getString);
    }

    private JsonObject schema(String name) {
        return description.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    private void compare(String where, JsonValue value, JsonObject described, List<String> differences) {
        JsonObject schema = described.containsKey("$ref")
                ? schema(described.getString("$ref").substring("#/components/schemas/".length()))
                : described;
        String type = schema.getString("type");
        boolean isOfType = switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "integer" -> value instanceof JsonNumber number && number.isIntegral();
            case "boolean" -> value == JsonValue.TRUE || value == JsonValue.FALSE;
            default -> value instanceof JsonString;
        };
        if (!isOfType) {
            differences.add(where + " is no " + type);
        } else if (value instanceof JsonObject object) {
            compareMembers(where, object, schema, differences);
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> compare(where + "[]", item, schema.getJsonObject("items"), differences));
        } else if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            differences.add(where + " has a value that is not described: " + ((JsonString) value).getString());
        }
    }

    private void compareMembers(String where, JsonObject object, JsonObject schema, List<String> differences) {
        JsonObject properties = schema.getJsonObject("properties");
        schema.getJsonArray("required").getValuesAs(JsonString::getString).stream()
                .filter(name -> !object.containsKey(name))
                .forEach(name -> differences.add(where + " lacks " + name));
        object.forEach((name, value) -> {
            if (properties.containsKey(name)) {
                compare(where + "." + name, value, properties.getJsonObject(name), differences);
            } else {
                differences.add(where + "." + name + " is not described");
            }
        });
    }
}
