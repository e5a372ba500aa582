package dev.freshet.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Changes the fence in a domain's text and not one other character of it.
final class DomainText {
    private static final String FENCE = "fence";
    private static final JsonFactory FACTORY = new JsonFactory();

    private DomainText() {}

    static String onlyFence(String task, Fence fence) {
        ObjectNode node = Json.object();
        node.put("task", task);
        return Json.text(put(node, fence));
    }

    static String withFence(String json, Fence fence) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isFence = parser.currentName().equals(FENCE);
                JsonToken value = parser.nextToken();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (isFence && value == JsonToken.START_ARRAY) {
                    int to = (int) parser.currentLocation().getCharOffset();
                    return json.substring(0, from) + text(fence) + json.substring(to);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a domain is not JSON: " + json, e);
        }
        return Json.text(put((ObjectNode) Json.parse(json), fence));
    }

    private static String text(Fence fence) {
        return "[" + fence.epoch() + "," + fence.version() + "]";
    }

    private static ObjectNode put(ObjectNode node, Fence fence) {
        node.putArray(FENCE).add(fence.epoch()).add(fence.version());
        return node;
    }
}
