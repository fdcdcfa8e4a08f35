# Outside text in Sinatra.
require 'sinatra'
require 'shellwords'

get '/run' do
  `build #{params['target']}` # expect: shell-injection
  `build #{Shellwords.escape(params['target'])}`
  redirect params[:next] # expect: open-redirect
end

get '/file/:name' do |name|
  send_file "/srv/#{params['name']}" # expect: path-from-request
  send_file "/srv/#{File.basename(params['name'])}"
end

post '/page' do
  erb "<h1>#{request.body.read}</h1>" # expect: template-injection
end
