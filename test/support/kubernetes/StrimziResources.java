import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;

/**
 * Reads a JSON array of Strimzi's custom resources from stdin into Strimzi's own classes, and prints each unknown property. The classes
 * collect unknown properties instead of refusing them.
 */
public class StrimziResources {
  private static final Map<String, Class<?>> KINDS =
      Map.of("Kafka", Kafka.class, "KafkaNodePool", KafkaNodePool.class, "KafkaTopic", KafkaTopic.class, "KafkaUser", KafkaUser.class);

  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    for (JsonNode resource : mapper.readTree(System.in)) {
      String kind = resource.get("kind").asText();
      Object object = mapper.treeToValue(resource, KINDS.get(kind));
      print(kind + " " + resource.get("metadata").get("name").asText(), object);
    }
  }

  private static void print(String path, Object object) throws IllegalAccessException {
    if (object instanceof Collection<?> items) for (Object item : items) print(path + "[]", item);
    if (object == null || !object.getClass().getName().matches("io\\.(strimzi|fabric8)\\..*") || object.getClass().isEnum()) return;
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())) continue;
        field.setAccessible(true);
        Object value = field.get(object);
        if (!field.getName().equals("additionalProperties")) print(path + "." + field.getName(), value);
        else if (value instanceof Map<?, ?> unknown) for (Object name : unknown.keySet()) System.out.println(path + "." + name);
      }
    }
  }
}
