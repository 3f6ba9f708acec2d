"""The values a handler meets: tokens, models, requests, responses, the context, triggers."""
