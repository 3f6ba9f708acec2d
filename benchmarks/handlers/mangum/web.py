"""A Starlette application behind Mangum, without lifespan, as Mangum advises where none is used."""

from mangum import Mangum
from placed import InvalidOrderError, placed
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route


async def hello(request):
    return PlainTextResponse("Hello")


async def create_order(request):
    try:
        expand = request.query_params.get("expand")
        answer = placed(request.path_params["customer"], expand, await request.json())
    except InvalidOrderError as error:
        return JSONResponse({"message": str(error)}, status_code=400)
    return JSONResponse(answer, status_code=201)


application = Starlette(
    routes=[
        Route("/hello", hello),
        Route("/customers/{customer}/orders", create_order, methods=["POST"]),
    ]
)
handler = Mangum(application, lifespan="off")
